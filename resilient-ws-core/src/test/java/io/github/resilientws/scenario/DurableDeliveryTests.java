package io.github.resilientws.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.settings.StoreSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The delivery scenarios with an outbox in a file: run by {@code .ci/run}.
 */
@Tag("delivery")
class DurableDeliveryTests extends DeliveryContractTests {

	@TempDir
	Path directory;

	@Override
	Server start() {
		return new TestKitServer();
	}

	@Override
	StoreSettings store() {
		return StoreSettings.file(this.directory);
	}

	@Test
	void nextRunSendsWhatWasNotAcknowledgedAndNothingElse() throws Exception {
		ResilientWebSocketClient first = connectWithLongAckTimeout(16);
		List<CompletableFuture<Delivery>> acknowledged = send(first, 0, 50);
		assertThat(acknowledged).allSatisfy((future) -> assertThat(future).succeedsWithin(LIMIT));
		this.server.acknowledge(AckPlan.NONE);
		List<CompletableFuture<Delivery>> left = send(first, 50, 80);
		await().atMost(LIMIT).until(() -> this.server.textCount() == 66);
		assertThat(first.disconnect()).succeedsWithin(LIMIT);
		assertThat(left).extracting(Sends::failure).allMatch(WebSocketDeliveryException::isStored);

		this.server.acknowledge(AckPlan.ALL);
		ResilientWebSocketClient second = connectWithLongAckTimeout(16);

		await().atMost(LIMIT).until(() -> second.getStatistics().getQueueSize() == 0);
		List<String> arrived = this.server.texts();
		assertThat(arrived).hasSize(96);
		assertThat(arrived.subList(66, 96)).startsWith(arrived.subList(50, 66).toArray(String[]::new))
			.extracting((text) -> text.replaceAll(".*\"data\":\"|\"}", ""))
			.isEqualTo(numbers(50, 80));
		assertThat(arrived.subList(66, 96)).extracting((text) -> text.replaceAll("\\{\"id\":\"|\".*", ""))
			.isEqualTo(left.stream().map((future) -> Sends.failure(future).getMessageId()).toList());
	}

	private static List<CompletableFuture<Delivery>> send(ResilientWebSocketClient client, int from, int to) {
		return numbers(from, to).stream().map(client::send).toList();
	}

	private static List<String> numbers(int from, int to) {
		return IntStream.range(from, to).mapToObj(Integer::toString).toList();
	}

}
