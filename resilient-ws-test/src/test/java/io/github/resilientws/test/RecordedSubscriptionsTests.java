package io.github.resilientws.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Subscriptions of the recording client.
 */
class RecordedSubscriptionsTests {

	private final RecordingWebSocketClient client = new RecordingWebSocketClient("node");

	@Test
	void deliversToTheListenersOfADestination() {
		List<Object> received = new ArrayList<>();
		this.client.subscribe("heads", Integer.class, received::add);
		WebSocketSubscription whole = this.client.subscribe("heads", (message) -> received.add(message.text()));
		this.client.subscribe("other", (message) -> received.add("other"));
		this.client.receive("heads", 17);
		whole.close();
		this.client.receive("heads", 18);
		assertThat(received).containsExactly(17, "17", 18);
		this.client.subscribe("texts", (message) -> received.add(message.text()));
		this.client.receive("texts", InboundMessage.text("t"));
		assertThat(received).endsWith("t");
	}

	@Test
	void recordsSubscriptionsUntilTheyAreClosedOrEnd() {
		WebSocketSubscription a = this.client.subscribe("a", (message) -> {
		});
		this.client.subscribe(OutboundMessage.of(List.of(1)).withDestination("b"), (message) -> {
		});
		assertThat(this.client.subscriptions()).extracting(OutboundMessage::getDestination).containsExactly("a", "b");
		assertThat(this.client.subscriptions().get(1).getPayload()).isEqualTo(List.of(1));
		assertThat(a.isActive()).isTrue();
		assertThat(a.active()).isCompleted();
		a.close();
		assertThat(a.isActive()).isFalse();
		this.client.endSubscriptions("b", null);
		assertThat(this.client.subscriptions()).isEmpty();
	}

	@Test
	void confirmsWhenReady() {
		this.client.setState(ConnectionState.BACKING_OFF);
		WebSocketSubscription a = this.client.subscribe("a", (message) -> {
		});
		WebSocketSubscription b = this.client.subscribe("b", (message) -> {
		});
		WebSocketSubscription c = this.client.subscribe("c", (message) -> {
		});
		assertThat(a.isActive()).isFalse();
		this.client.endSubscriptions("b", new IllegalStateException("refused"));
		c.close();
		this.client.connect();
		assertThat(a.active()).isCompleted();
		assertThat(a.getDestination()).isEqualTo("a");
		assertThat(b.active()).isCompletedExceptionally();
		assertThatThrownBy(c.active()::join).isInstanceOf(CancellationException.class);
	}

}
