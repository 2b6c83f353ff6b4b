package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every message that a test sent, with its future.
 */
final class Sends {

	private final Queue<Sent> all = new ConcurrentLinkedQueue<>();

	CompletableFuture<Delivery> send(ResilientWebSocketClient client, String text) {
		return send(client, text, OutboundMessage.text(text));
	}

	CompletableFuture<Delivery> send(ResilientWebSocketClient client, String text, OutboundMessage message) {
		CompletableFuture<Delivery> future = client.send(message);
		this.all.add(new Sent(text, future));
		return future;
	}

	long open() {
		return this.all.stream().filter((sent) -> !sent.future.isDone()).count();
	}

	void awaitNoneOpen(Duration limit) {
		await().alias("open futures").atMost(limit).until(this::open, (open) -> open == 0);
	}

	/**
	 * Check what arrived against what the futures say.
	 * @param arrived the texts that reached the server
	 */
	void assertAccountFor(List<String> arrived) {
		Set<String> once = new HashSet<>(arrived);
		assertThat(arrived).as("nothing arrives twice").hasSize(once.size());
		assertThat(texts((sent) -> !sent.isDelivered() && sent.reason() != Reason.UNDELIVERABLE))
			.as("neither delivered nor undeliverable")
			.isEmpty();
		assertThat(texts((sent) -> sent.reason() == Reason.UNDELIVERABLE && sent.failure().getAttempts() == 0))
			.as("undeliverable, but never sent")
			.isEmpty();
		Set<String> neverSent = texts((sent) -> !sent.isDelivered() && sent.failure().getAttempts() == 0);
		neverSent.retainAll(once);
		assertThat(neverSent).as("arrived, but reported as never sent").isEmpty();
	}

	static WebSocketDeliveryException failure(CompletableFuture<Delivery> future) {
		try {
			future.join();
		}
		catch (CompletionException ex) {
			return (WebSocketDeliveryException) ex.getCause();
		}
		throw new AssertionError("delivered");
	}

	static Reason reason(CompletableFuture<Delivery> future) {
		await().atMost(Duration.ofSeconds(5)).until(future::isDone);
		return failure(future).getReason();
	}

	private Set<String> texts(Predicate<Sent> condition) {
		return this.all.stream().filter(condition).map(Sent::text).collect(Collectors.toSet());
	}

	private record Sent(String text, CompletableFuture<Delivery> future) {

		boolean isDelivered() {
			return !this.future.isCompletedExceptionally();
		}

		Reason reason() {
			return isDelivered() ? null : failure().getReason();
		}

		WebSocketDeliveryException failure() {
			return Sends.failure(this.future);
		}

	}

}
