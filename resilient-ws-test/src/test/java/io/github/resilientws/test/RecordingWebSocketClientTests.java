package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketMessageListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RecordingWebSocketClientTests {

	private final RecordingWebSocketClient client = new RecordingWebSocketClient("chat");

	@Test
	void recordsAndCompletesSends() {
		ByteBuffer bytes = ByteBuffer.wrap(new byte[] { 1, 2 });
		this.client.send("hello");
		this.client.send(bytes);
		this.client.convertAndSend(Map.of("type", "say"));
		CompletableFuture<Delivery> last = this.client.send(OutboundMessage.text("last").withId("mine"));
		assertThat(this.client.sentPayloads()).containsExactly("hello", bytes, Map.of("type", "say"), "last");
		assertThat(this.client.sent()).last().satisfies((message) -> assertThat(message.getId()).isEqualTo("mine"));
		assertThat(last).isCompletedWithValueMatching((delivery) -> delivery.id().equals("mine"));
		assertThat(this.client.getStatistics().getMessagesSent()).isEqualTo(4);
		this.client.clearSent();
		assertThat(this.client.sent()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.send((OutboundMessage) null));
	}

	@Test
	void failsSendsUntilCompleteSends() {
		this.client.failSends(Reason.REJECTED);
		assertFailed(this.client.send("one"), Reason.REJECTED, 0);
		this.client.failSends(Reason.UNDELIVERABLE);
		assertFailed(this.client.send("two"), Reason.UNDELIVERABLE, 1);
		this.client.completeSends();
		assertThat(this.client.send("three")).isCompleted();
		assertThat(this.client.sentPayloads()).containsExactly("one", "two", "three");
	}

	@Test
	void holdsSendsUntilCompletedOrFailed() {
		this.client.holdSends();
		CompletableFuture<Delivery> one = this.client.send("one");
		assertThat(one).isNotDone();
		assertThat(this.client.getStatistics().getQueueSize()).isOne();
		this.client.completeSends();
		assertThat(one).isCompleted();
		assertThat(this.client.getStatistics().getQueueSize()).isZero();
		this.client.holdSends();
		CompletableFuture<Delivery> two = this.client.send("two");
		this.client.setState(ConnectionState.FAILED);
		assertFailed(two, Reason.CLOSED, 0);
	}

	@Test
	void refusesTheArgumentsThatARealClientRefuses() {
		this.client.setState(ConnectionState.BACKING_OFF);
		assertThat(this.client.send("waits")).isCompleted();
		this.client.disconnect();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.CLOSED);
		assertFailed(this.client.send("late"), Reason.CLOSED, 0);
		assertThat(this.client.probe()).isCompletedExceptionally();
		this.client.connect();
		assertThat(this.client.isReady()).isTrue();
		assertThat(this.client.probe()).isCompleted();
	}

	@Test
	void deliversToListeners() throws Exception {
		List<String> received = new ArrayList<>();
		WebSocketMessageListener listener = (message) -> received.add(message.text());
		AutoCloseable first = this.client.addListener(listener);
		this.client.addListener(listener);
		this.client.receive("hello");
		assertThat(received).containsExactly("hello");
		assertThatIllegalStateException().isThrownBy(() -> this.client.receive(ByteBuffer.allocate(1)));
		first.close();
		this.client.receive(InboundMessage.text("no listener"));
		assertThat(received).containsExactly("hello");
		assertThat(this.client.getStatistics().getMessagesReceived()).isEqualTo(3);
	}

	@Test
	void callbacksGetFailuresOfRequestsThatAreNotWrapped() {
		List<Throwable> failures = new ArrayList<>();
		this.client.convertSendAndReceive("m", null, String.class)
			.whenComplete((reply, failure) -> failures.add(failure));
		this.client.answerRequests((request) -> 1);
		this.client.convertSendAndReceive("m", null, String.class)
			.whenComplete((reply, failure) -> failures.add(failure));
		this.client.failSends(Reason.EXPIRED);
		this.client.convertSendAndReceive("m", null, String.class)
			.whenComplete((reply, failure) -> failures.add(failure));
		assertThat(failures).extracting(Object::getClass)
			.containsExactly(IllegalStateException.class, ClassCastException.class, WebSocketDeliveryException.class);
	}

	@Test
	void showsItsStates() {
		assertThat(this.client.getStatus().outageSince()).isNull();
		this.client.setState(ConnectionState.BACKING_OFF);
		assertThat(this.client.getStatus().outageSince()).isNotNull();
		assertThat(this.client.getStatus().transitions()).singleElement()
			.satisfies((one) -> assertThat(one.from()).isEqualTo(ConnectionState.READY));
		this.client.suspend();
		this.client.resume();
		assertThat(this.client.getStatus().outageSince()).isNull();
	}

	@Test
	void standsByAsARealClient() {
		this.client.holdSends();
		CompletableFuture<Delivery> held = this.client.send("held");
		this.client.setState(ConnectionState.STANDBY);
		assertFailed(held, Reason.CLOSED, 0);
		assertFailed(this.client.send("refused"), Reason.REJECTED, 0);
		assertFailed(this.client.send(OutboundMessage.text("dropped").asVolatile()), Reason.DROPPED, 0);
		assertThat(this.client.connect()).isCompleted();
		assertThat(this.client.suspend()).isCompleted();
		assertThat(this.client.resume()).isCompleted();
		assertThat(this.client.reconnect()).isCompletedExceptionally();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.STANDBY);
		assertThat(this.client.getStatus().outageSince()).isNull();
		this.client.disconnect();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.CLOSED);
	}

	private static void assertFailed(CompletableFuture<Delivery> future, Reason reason, int attempts) {
		assertThat(future).isCompletedExceptionally();
		try {
			future.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOfSatisfying(WebSocketDeliveryException.class, (failure) -> {
				assertThat(failure.getReason()).isEqualTo(reason);
				assertThat(failure.getAttempts()).isEqualTo(attempts);
			});
		}
	}

}
