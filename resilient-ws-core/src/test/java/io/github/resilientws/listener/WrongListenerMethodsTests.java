package io.github.resilientws.listener;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.Message;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WrongListenerMethodsTests {

	static Stream<Arguments> wrong() {
		return Stream.of(Arguments.of(UnknownClient.class, "there is no client 'caht'; allowed are [chat, feed]"),
				Arguments.of(WrongMatcher.class, "when = '~('"), Arguments.of(WrongLocator.class, "payload = 'data'"),
				Arguments.of(TwoPayloads.class,
						"parameter 1 of type java.lang.Integer is not supported; allowed are" + " at most one payload"),
				Arguments.of(TwoClients.class, "parameter 1"),
				Arguments.of(MessageParameter.class, "org.springframework.messaging.Message is not supported"),
				Arguments.of(OptionalParameter.class, "java.util.Optional is not supported"),
				Arguments.of(EventParameter.class, "WebSocketMessageReceivedEvent is not supported"),
				Arguments.of(PrivateMethod.class, "is private or static; allowed are"),
				Arguments.of(StaticMethod.class, "is private or static; allowed are"),
				Arguments.of(FutureResult.class,
						"return type java.util.concurrent.Future is not supported; allowed are void, a value that is"
								+ " written as JSON, and a CompletionStage of one"),
				Arguments.of(PublisherResult.class, "return type java.util.concurrent.SubmissionPublisher is not"));
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void stopsTheStartNamingClassMethodAndAllowedSignatures(Class<?> bean, String expected) {
		try (ListenerContext context = ListenerContext.with(bean)) {
			assertThatIllegalStateException().isThrownBy(context::refresh)
				.withMessageContaining(bean.getName() + ".on(")
				.withMessageContaining(expected);
			assertThat(context.clients().get("chat").listeners).isEmpty();
		}
	}

	@Test
	void withoutDatabindATypeThatIsReadFromJsonStopsTheStart() {
		try (ListenerContext context = ListenerContext.with(Json.class)) {
			context.setClassLoader(new WithoutDatabind());
			assertThatIllegalStateException().isThrownBy(context::refresh)
				.withMessageContaining("Json.on(Integer)")
				.withMessageContaining("add tools.jackson.core:jackson-databind");
		}
	}

	@Test
	void withoutDatabindTextIsStillReceived() {
		try (ListenerContext context = ListenerContext.with(Received.class, Text.class)) {
			context.setClassLoader(new WithoutDatabind());
			context.refresh();
			context.receive("chat", "x");
			assertThat(context.getBean(Received.class).values()).containsExactly("x");
		}
	}

	@Test
	void listenerMethodsWithoutClientsStopTheStart() {
		try (ListenerContext context = ListenerContext.with(Json.class)) {
			context.addBeanFactoryPostProcessor((beanFactory) -> {
				for (String name : beanFactory.getBeanNamesForType(ResilientWebSocketClients.class)) {
					context.removeBeanDefinition(name);
				}
			});
			assertThatIllegalStateException().isThrownBy(context::refresh)
				.withMessageContaining("needs a bean of type ResilientWebSocketClients");
		}
	}

	static class UnknownClient {

		@WebSocketListener(client = "caht")
		void on(String text) {
		}

	}

	static class WrongMatcher {

		@WebSocketListener(client = "chat", when = "~(")
		void on(String text) {
		}

	}

	static class WrongLocator {

		@WebSocketListener(client = "chat", payload = "data")
		void on(String text) {
		}

	}

	static class TwoPayloads {

		@WebSocketListener(client = "chat")
		void on(String text, Integer number) {
		}

	}

	static class TwoClients {

		@WebSocketListener(client = "chat")
		void on(ResilientWebSocketClient client, ResilientWebSocketClient again) {
		}

	}

	static class FutureResult {

		@WebSocketListener(client = "chat")
		Future<String> on(String text) {
			return new FutureTask<>(() -> text);
		}

	}

	static class PublisherResult {

		@WebSocketListener(client = "chat")
		SubmissionPublisher<String> on(String text) {
			return new SubmissionPublisher<>();
		}

	}

	static class MessageParameter {

		@WebSocketListener(client = "chat")
		void on(Message<String> message) {
		}

	}

	static class OptionalParameter {

		@WebSocketListener(client = "chat")
		void on(Optional<String> text) {
		}

	}

	static class EventParameter {

		@WebSocketListener(client = "chat")
		void on(WebSocketMessageReceivedEvent event) {
		}

	}

	static class PrivateMethod {

		@WebSocketListener(client = "chat")
		private void on(String text) {
		}

	}

	static class StaticMethod {

		@WebSocketListener(client = "chat")
		static void on(String text) {
		}

	}

	static class Json {

		@WebSocketListener(client = "chat")
		void on(Integer number) {
		}

	}

	record Text(Received received) {

		@WebSocketListener(client = "chat")
		void on(String text) {
			this.received.add(text);
		}

	}

	static class WithoutDatabind extends ClassLoader {

		WithoutDatabind() {
			super(WrongListenerMethodsTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("tools.jackson.databind.")) {
				throw new ClassNotFoundException(name);
			}
			return super.loadClass(name, resolve);
		}

	}

}
