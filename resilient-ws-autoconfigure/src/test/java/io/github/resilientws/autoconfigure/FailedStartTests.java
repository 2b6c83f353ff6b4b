package io.github.resilientws.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketClosedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A context that does not start although its clients were created.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

	@Test
	void eventForAListenerThatWasNotCreatedIsNoFailureOfItsOwn(CapturedOutput output) {
		Contexts.real()
			.withUserConfiguration(Failing.class)
			.withPropertyValues("resilient-ws.clients.chat.url=ws://localhost:1")
			.run((context) -> assertThat(context).getFailure().hasRootCauseMessage("fails"));
		assertThat(output).contains("[chat] IDLE -> CLOSED").doesNotContain("BeanCreationNotAllowedException");
	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		Object failing(@Qualifier("chatWebSocketClient") ResilientWebSocketClient client) {
			throw new IllegalStateException("fails");
		}

		@Bean
		Listener listener() {
			return new Listener();
		}

	}

	static class Listener implements ApplicationListener<WebSocketClosedEvent> {

		@Override
		public void onApplicationEvent(WebSocketClosedEvent event) {
		}

	}

}
