package io.github.resilientws;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketListenerReflectiveProcessorTests {

	private final RuntimeHints hints = new RuntimeHints();

	WebSocketListenerReflectiveProcessorTests() {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, Listeners.class);
	}

	@Test
	void methodCanBeCalled() {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method("order"))).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method("composed"))).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method("unrelated"))).rejects(this.hints);
	}

	@Test
	void payloadAndNestedTypesCanBeBound() throws Exception {
		assertThat(
				RuntimeHintsPredicates.reflection().onConstructorInvocation(Order.class.getDeclaredConstructors()[0]))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Item.class.getDeclaredMethod("name")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Other.class)).rejects(this.hints);
	}

	@Test
	void elementsOfACollectionCanBeBound() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Reading.class.getDeclaredMethod("value")))
			.accepts(this.hints);
	}

	@Test
	void resultsCanBeWritten() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Result.class.getDeclaredMethod("value")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Later.class.getDeclaredMethod("value")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(CompletableFuture.class)).rejects(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Void.class)).rejects(this.hints);
	}

	@Test
	void messagesAndClientsAreNotBound() {
		assertThat(RuntimeHintsPredicates.reflection().onType(InboundMessage.class)).rejects(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(ResilientWebSocketClient.class)).rejects(this.hints);
	}

	private static Method method(String name) {
		return Arrays.stream(Listeners.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	record Order(List<Item> items) {

	}

	record Item(String name) {

	}

	record Reading(int value) {

	}

	record Result(int value) {

	}

	record Later(int value) {

	}

	record Other(int value) {

	}

	@WebSocketListener(client = "feed")
	@Retention(RetentionPolicy.RUNTIME)
	@interface FeedListener {

	}

	static class Listeners {

		@WebSocketListener
		void order(Order order, ResilientWebSocketClient client) {
		}

		@WebSocketListener
		void whole(InboundMessage message) {
		}

		@FeedListener
		void composed(List<Reading> readings) {
		}

		@WebSocketListener
		Result result() {
			return new Result(1);
		}

		@WebSocketListener
		CompletableFuture<List<Later>> later() {
			return CompletableFuture.completedFuture(List.of());
		}

		@WebSocketListener
		CompletableFuture<Void> nothing() {
			return CompletableFuture.completedFuture(null);
		}

		void unrelated(Other other) {
		}

	}

}
