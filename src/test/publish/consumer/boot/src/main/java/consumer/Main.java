package consumer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

/**
 * An application with one client, which sends one message.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Main {

	public static void main(String[] args) throws Exception {
		try (TestWebSocketServer server = TestWebSocketServer.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Main.class)
					.web(WebApplicationType.NONE)
					.properties("resilient-ws.clients.consumer.url=" + server.url())
					.run()) {
			ResilientWebSocketClient client = context.getBean(ResilientWebSocketClient.class);
			if (!client.awaitReady(Duration.ofSeconds(30))) {
				throw new IllegalStateException("Not ready: " + client.getStatus());
			}
			System.out.println("Sent: " + client.send("hello").get(30, TimeUnit.SECONDS).id());
		}
	}

}
