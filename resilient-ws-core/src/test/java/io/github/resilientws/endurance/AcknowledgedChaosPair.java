package io.github.resilientws.endurance;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.test.ReceivedMessage;
import io.github.resilientws.test.ReceivedMessage.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that delivers at least once, and a server that loses a tenth of its
 * acknowledgements.
 */
final class AcknowledgedChaosPair extends ChaosPair {

	private static final DeliverySettings DELIVERY = DeliverySettings.DEFAULTS.atLeastOnce()
		.withAckTimeout(Duration.ofMillis(200))
		.withMaxAttempts(100)
		.withWindow(16);

	AcknowledgedChaosPair(ClientRuntime runtime, int number) {
		super(runtime, number, DELIVERY);
		this.server.forgetReplies().acknowledge().dropping(0.1, number);
	}

	@Override
	void settle() {
		awaitReady();
		awaitNoneOpen();
	}

	@Override
	void check() {
		assertThat(this.sent.values()).noneMatch(CompletableFuture::isCompletedExceptionally);
		Map<Integer, Set<Integer>> connections = new LinkedHashMap<>();
		Map<Integer, Set<String>> bytes = new LinkedHashMap<>();
		List<ReceivedMessage> received = this.server.seen().received(Kind.TEXT);
		for (ReceivedMessage message : received) {
			Integer number = Integer.valueOf(message.text().replaceAll(".*\"data\":\"|\"}", ""));
			connections.computeIfAbsent(message.connection(), (connection) -> new LinkedHashSet<>()).add(number);
			bytes.computeIfAbsent(number, (key) -> new HashSet<>()).add(message.text());
		}
		assertThat(bytes.keySet()).as("arrived").isEqualTo(this.sent.keySet());
		assertThat(bytes.values()).as("bytes of copies").allMatch((copies) -> copies.size() == 1);
		connections.values().forEach((numbers) -> assertThat(List.copyOf(numbers)).isSorted());
		assertThat(this.server.seen().violations()).isEmpty();
		assertThat(this.client.getDeadLetters().list()).isEmpty();
		assertThat(this.client.getStatistics().getInFlight()).isZero();
		System.out.printf("%s: %d connections; %d messages, %d arrivals%n", this.client.getName(),
				this.server.seen().accepted(), this.sent.size(), received.size());
	}

}
