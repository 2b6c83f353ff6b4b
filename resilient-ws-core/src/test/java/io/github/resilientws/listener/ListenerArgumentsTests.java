package io.github.resilientws.listener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.FakeClients;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListenerArgumentsTests {

	private static final InboundMessage BINARY = InboundMessage.binary(ByteBuffer.wrap(new byte[] { 1, 2 }));

	@Test
	void textGoesToEveryKindOfParameter() {
		try (ListenerContext context = ListenerContext.started(Received.class, AllKinds.class)) {
			context.receive("chat", "{\"text\":\"hé\"}");
			assertThat(context.getBean(Received.class).values()).containsExactly("String {\"text\":\"hé\"}",
					"bytes {\"text\":\"hé\"}", "buffer true 14", "message true", "json hé", "nothing",
					List.of("client chat", "hé"));
		}
	}

	@Test
	void binaryGoesOnlyToParametersThatTakeIt() {
		try (ListenerContext context = ListenerContext.started(Received.class, AllKinds.class)) {
			context.clients().get("chat").receive(BINARY);
			assertThat(context.getBean(Received.class).values()).containsExactly("bytes \u0001\u0002", "buffer true 2",
					"message false", "nothing");
		}
	}

	@Test
	void binaryGoesToNoMethodWithMatcherOrLocator() {
		try (ListenerContext context = ListenerContext.started(Received.class, Selective.class)) {
			context.clients().get("chat").receive(BINARY);
			assertThat(context.getBean(Received.class).values()).isEmpty();
		}
	}

	@Test
	void matcherSelectsMessages() {
		try (ListenerContext context = ListenerContext.started(Received.class, Selective.class)) {
			context.receive("chat", "{\"type\":\"other\"}");
			context.receive("chat", "no json");
			assertThat(context.getBean(Received.class).values()).isEmpty();
			context.receive("chat", "{\"type\":\"text\"}");
			assertThat(context.getBean(Received.class).values()).containsExactly("when");
		}
	}

	@Test
	void locatedScalarIsTextAndLocatedObjectIsJson() {
		try (ListenerContext context = ListenerContext.started(Received.class, Located.class)) {
			context.receive("chat", "{\"data\":\"plain\"}");
			context.receive("chat", "{\"data\":{\"text\":\"deep\"}}");
			context.receive("chat", "{\"numbers\":[1,2]}");
			assertThat(context.getBean(Received.class).values()).containsExactly("plain", "{\"text\":\"deep\"}",
					List.of(1L, 2L));
		}
	}

	@Test
	void locatedNullIsNothing() {
		try (ListenerContext context = ListenerContext.started(Received.class, Located.class)) {
			context.receive("chat", "{\"data\":null,\"numbers\":null}");
			assertThat(context.getBean(Received.class).values()).isEmpty();
		}
	}

	@Test
	void groupOfARegularExpressionIsReadAsJson() {
		try (ListenerContext context = ListenerContext.started(Received.class, Prefixed.class)) {
			context.receive("chat", "42{\"text\":\"a\"}");
			context.receive("chat", "43{\"text\":\"b\"}");
			assertThat(context.getBean(Received.class).values()).containsExactly(new Line("a"));
		}
	}

	@Test
	void genericTypesAndTypeVariablesAreRead() {
		try (ListenerContext context = ListenerContext.started(Received.class, Lines.class, Concrete.class)) {
			context.receive("chat", "[{\"text\":\"a\"},{\"text\":\"b\"}]");
			context.receive("feed", "{\"text\":\"c\"}");
			assertThat(context.getBean(Received.class).values()).containsExactly(List.of(new Line("a"), new Line("b")),
					new Line("c"));
		}
	}

	@Test
	void anObjectIsTheJson() {
		try (ListenerContext context = ListenerContext.started(Received.class, Anything.class)) {
			context.receive("chat", "{\"text\":\"a\"}");
			assertThat(context.getBean(Received.class).values()).containsExactly("{\"text\":\"a\"}");
		}
	}

	@Test
	void unreadablePayloadIsAFailureThatDoesNotQuoteIt() {
		try (ListenerContext context = ListenerContext.started(Received.class, Lines.class)) {
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> context.receive("chat", "secret"))
				.satisfies((ex) -> assertThat(ex.getMessage()).contains("Lines.on(List)").doesNotContain("secret"));
		}
	}

	@Test
	void jsonNullIsNullButNotForAPrimitive() {
		try (ListenerContext context = ListenerContext.started(Received.class, Lines.class, Primitive.class)) {
			context.receive("chat", "null");
			assertThat(context.getBean(Received.class).values()).containsExactly((Object) null);
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> context.receive("feed", "null"));
			context.receive("feed", "42");
			assertThat(context.getBean(Received.class).values()).contains(42);
		}
	}

	@Test
	void converterOfTheClientIsUsed() {
		FakeClients clients = new FakeClients("chat", "feed");
		try (ListenerContext context = new ListenerContext(clients,
				(name) -> name.equals("chat") ? new LineConverter() : null)) {
			context.register(Received.class, AllClients.class);
			context.refresh();
			context.receive("chat", "anything");
			context.receive("feed", "{\"text\":\"json\"}");
			assertThat(context.getBean(Received.class).values()).containsExactly(new Line("converted"),
					new Line("json"));
		}
	}

	record Line(String text) {

	}

	record AllKinds(Received received) {

		@WebSocketListener(client = "chat")
		void string(String text) {
			this.received.add("String " + text);
		}

		@WebSocketListener(client = "chat")
		void bytes(byte[] bytes) {
			this.received.add("bytes " + new String(bytes, StandardCharsets.UTF_8));
		}

		@WebSocketListener(client = "chat")
		void buffer(ByteBuffer buffer) {
			this.received.add("buffer " + buffer.isReadOnly() + " " + buffer.remaining());
		}

		@WebSocketListener(client = "chat")
		void message(InboundMessage message) {
			this.received.add("message " + message.isText());
		}

		@WebSocketListener(client = "chat")
		void json(Line line) {
			this.received.add("json " + line.text());
		}

		@WebSocketListener(client = "chat")
		void nothing() {
			this.received.add("nothing");
		}

		@WebSocketListener(client = "chat")
		String both(ResilientWebSocketClient client, Line line) {
			this.received.add("client " + client.getName(), line.text());
			return "ignored";
		}

	}

	record Selective(Received received) {

		@WebSocketListener(client = "chat", when = "/type = text")
		void when(byte[] bytes) {
			this.received.add("when");
		}

		@WebSocketListener(client = "chat", payload = "/missing")
		void payload(byte[] bytes) {
			this.received.add("payload");
		}

	}

	record Located(Received received) {

		@WebSocketListener(client = "chat", payload = "/data")
		void data(String text) {
			this.received.add(text);
		}

		@WebSocketListener(client = "chat", payload = "/numbers")
		void numbers(List<Long> numbers) {
			this.received.add(numbers);
		}

	}

	record Prefixed(Received received) {

		@WebSocketListener(client = "chat", payload = "~^42(.*)$")
		void on(Line line) {
			this.received.add(line);
		}

	}

	record Lines(Received received) {

		@WebSocketListener(client = "chat")
		void on(@Nullable List<Line> lines) {
			this.received.values().add(lines);
		}

	}

	record Anything(Received received) {

		@WebSocketListener(client = "chat")
		void on(Object payload) {
			this.received.add(payload);
		}

	}

	record Primitive(Received received) {

		@WebSocketListener(client = "feed")
		void on(int number) {
			this.received.add(number);
		}

	}

	record AllClients(Received received) {

		@WebSocketListener
		void on(Line line) {
			this.received.add(line);
		}

	}

	abstract static class Generic<T> {

		abstract Received received();

		@WebSocketListener(client = "feed")
		void on(T payload) {
			received().add(payload);
		}

	}

	static class Concrete extends Generic<Line> {

		private final Received received;

		Concrete(Received received) {
			this.received = received;
		}

		@Override
		Received received() {
			return this.received;
		}

	}

	static class LineConverter implements MessageConverter {

		@Override
		public Object fromMessage(Message<?> message, Class<?> targetClass) {
			return new Line("converted");
		}

		@Override
		public Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
			throw new UnsupportedOperationException();
		}

	}

}
