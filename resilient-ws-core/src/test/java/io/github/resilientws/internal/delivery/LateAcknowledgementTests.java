package io.github.resilientws.internal.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Acknowledgements that arrive behind our close frame.
 */
class LateAcknowledgementTests {

	private static final String ACKNOWLEDGEMENT = "{\"type\":\"ack\",\"messageId\":\"1\"}";

	private final Rig rig = Acks.rig((delivery) -> delivery,
			(builder) -> builder.shutdownTimeout(Duration.ofSeconds(1)));

	@Test
	void spareAResendAfterReconnect() {
		this.rig.connect();
		CompletableFuture<Delivery> sent = Acks.send(this.rig, "1");
		ScriptedConnection old = this.rig.connection();
		old.ignoreClose();
		this.rig.transport.pending();
		this.rig.client.reconnect();
		old.text(ACKNOWLEDGEMENT);
		assertThat(Rig.delivered(sent).attempts()).isOne();
		this.rig.connection().open();
		assertThat(this.rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(this.rig.connection().sentTexts()).isEmpty();
	}

	@Test
	void countWithinATenthOfASecondAfterTheShutdownTimeout() {
		this.rig.connect();
		CompletableFuture<Delivery> sent = Acks.send(this.rig, "1");
		ScriptedConnection connection = this.rig.connection();
		connection.ignoreClose();
		this.rig.client.disconnect();
		this.rig.advance(Duration.ofMillis(1050));
		connection.text(ACKNOWLEDGEMENT);
		assertThat(Rig.delivered(sent).attempts()).isOne();
	}

	@Test
	void areTooLateATenthOfASecondAfterTheShutdownTimeout() {
		this.rig.connect();
		CompletableFuture<Delivery> sent = Acks.send(this.rig, "1");
		this.rig.connection().ignoreClose();
		this.rig.client.disconnect();
		this.rig.advance(Duration.ofMillis(1100));
		assertThat(Rig.undelivered(sent).getReason()).isEqualTo(Reason.CLOSED);
	}

}
