package io.github.resilientws.autoconfigure;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;

/**
 * An application that ends its process in a callback, with an exit code. When its client
 * is ready, it sends a message.
 */
@Configuration(proxyBeanMethods = false)
public class ExitingApplication {

	static final int CODE = 3;

	private final ApplicationContext context;

	private final Callback callback;

	ExitingApplication(ApplicationContext context, Callback callback) {
		this.context = context;
		this.callback = callback;
	}

	/**
	 * Run the application.
	 * @param args the callback, the URL, and arguments of the application
	 */
	public static void main(String[] args) {
		Contexts
			.application(WebApplicationType.NONE,
					"resilient-ws: { clients: { chat: { url: '%s' } } }".formatted(args[1]), ExitingApplication.class)
			.initializers(
					(context) -> context.getBeanFactory().registerSingleton("callback", Callback.valueOf(args[0])))
			.run(Arrays.copyOfRange(args, 2, args.length));
	}

	@Bean
	HandshakeCustomizer customizer() {
		return (handshake) -> exitIn(Callback.CUSTOMIZER);
	}

	@WebSocketListener(client = "chat")
	void on(String text) {
		exitIn(Callback.LISTENER);
	}

	@EventListener
	void on(WebSocketReadyEvent event) {
		if (this.callback == Callback.FUTURE) {
			client().send("ready").thenRun(() -> exitIn(Callback.FUTURE));
			return;
		}
		client().send("ready").join();
		exitIn(Callback.EVENT_LISTENER);
		if (this.callback == Callback.EVENT_LISTENER_WITHOUT_CONTEXT) {
			System.exit(CODE);
		}
	}

	@EventListener
	void on(WebSocketReconnectFailedEvent event) {
		exitIn(Callback.RECONNECT_FAILED);
	}

	private ResilientWebSocketClient client() {
		return this.context.getBean(ResilientWebSocketClient.class);
	}

	private void exitIn(Callback here) {
		if (here == this.callback) {
			CountDownLatch ending = new CountDownLatch(1);
			Runtime.getRuntime().addShutdownHook(new Thread(ending::countDown));
			int code = SpringApplication.exit(this.context, () -> CODE);
			// a JVM that does not wait for this callback ends here
			awaitQuietly(ending);
			System.exit(code);
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(500, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	enum Callback {

		LISTENER, EVENT_LISTENER, FUTURE, CUSTOMIZER, RECONNECT_FAILED,

		/** {@code System.exit} alone, whose shutdown hook closes the context. */
		EVENT_LISTENER_WITHOUT_CONTEXT

	}

}
