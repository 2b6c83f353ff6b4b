package io.github.resilientws.autoconfigure;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketReadyEvent;

/**
 * An application that ends its process in a callback, when its client is ready.
 */
@Configuration(proxyBeanMethods = false)
public class ExitingApplication {

	private final ApplicationContext context;

	ExitingApplication(ApplicationContext context) {
		this.context = context;
	}

	public static void main(String[] args) {
		Contexts.run(WebApplicationType.NONE, "resilient-ws: { clients: { chat: { url: '%s' } } }".formatted(args[0]),
				ExitingApplication.class);
	}

	@EventListener
	void on(WebSocketReadyEvent event) {
		this.context.getBean(ResilientWebSocketClient.class).send("ready").join();
		System.exit(3);
	}

}
