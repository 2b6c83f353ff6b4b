package io.github.resilientws.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.resilientws.FakeClient;
import io.github.resilientws.event.WebSocketClientEvent;
import io.github.resilientws.event.WebSocketConnectedEvent;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When received messages become application events.
 */
class PublishMessagesTests {

	private final ApplicationContextRunner runner = Contexts.fake()
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a");

	@Test
	void listenerMethodForMessagesCounts() {
		assertPublishes(this.runner.withBean(MessageMethod.class), true);
	}

	@Test
	void listenerMethodForAllEventsOfClientsCounts() {
		assertPublishes(this.runner.withBean(ClientEventMethod.class), true);
	}

	@Test
	void listenerBeanThatIsALambdaCounts() {
		assertPublishes(this.runner.withUserConfiguration(LambdaListener.class), true);
	}

	@Test
	void listenerClassCounts() {
		assertPublishes(this.runner.withBean(MessageListenerClass.class), true);
	}

	@Test
	void listenersOfEverythingOrOfOtherEventsDoNotCount() {
		assertPublishes(this.runner.withBean(TooGeneral.class), false);
	}

	@Test
	void alwaysAndNeverDecideThemselves() {
		assertPublishes(this.runner.withPropertyValues("resilient-ws.clients.chat.publish-messages=always"), true);
		assertPublishes(this.runner.withPropertyValues("resilient-ws.defaults.publish-messages=never")
			.withBean(MessageMethod.class), false);
	}

	private static void assertPublishes(ApplicationContextRunner runner, boolean expected) {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("chatWebSocketClient", FakeClient.class).listeners).hasSize(expected ? 1 : 0);
		});
	}

	static class MessageMethod {

		@EventListener
		void on(WebSocketMessageReceivedEvent event) {
		}

	}

	static class ClientEventMethod {

		@EventListener
		void on(WebSocketClientEvent event) {
		}

	}

	static class MessageListenerClass implements ApplicationListener<WebSocketMessageReceivedEvent> {

		@Override
		public void onApplicationEvent(WebSocketMessageReceivedEvent event) {
		}

	}

	static class TooGeneral implements ApplicationListener<ApplicationEvent> {

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

		@EventListener
		void any(Object event) {
		}

		@EventListener
		void all(ApplicationEvent event) {
		}

		@EventListener
		void other(WebSocketConnectedEvent event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LambdaListener {

		@Bean
		ApplicationListener<WebSocketClientEvent> listener() {
			return (event) -> {
			};
		}

	}

}
