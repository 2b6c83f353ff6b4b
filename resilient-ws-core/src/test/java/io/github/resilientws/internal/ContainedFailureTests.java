package io.github.resilientws.internal;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.FaultyTransport.Fault;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.transport.WebSocketTransportDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A failure of the client's own code, in virtual time: it ends the connection, and the
 * client goes on.
 */
class ContainedFailureTests {

	@RegisterExtension
	final CapturedLog appender = new CapturedLog(InternalFailures.class);

	@ParameterizedTest
	@EnumSource
	void aFailureEndsTheConnectionAndTheNextOneIsReady(Fault fault) {
		Rig rig = new Rig((builder) -> builder.component(WebSocketTransportDecorator.class,
				(client, transport) -> new FaultyTransport(transport, fault)))
			.connect();
		switch (fault) {
			case PING -> rig.advance(rig.client.getHeartbeat().interval());
			case WRITE, RESULT -> rig.client.send("x");
			case TEXT -> rig.connection().text("x");
		}
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.client.getStatus().lastCause())
			.isEqualTo(new DisconnectCause.Closed(1011, "internal failure", false));
		rig.advanceMillis(2000);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		CompletableFuture<Delivery> next = rig.client.send("next");
		assertThat(Rig.delivered(next).attempts()).isEqualTo(1);
		rig.connection().text("hello");
		await().until(() -> rig.received.contains("hello"));
	}

	@ParameterizedTest
	@EnumSource(names = { "RESULT", "TEXT" })
	void aFailureOfAReplacedConnectionLeavesTheCurrentOneAlone(Fault fault) {
		Rig rig = Acks
			.rig((delivery) -> delivery, (builder) -> builder.component(WebSocketTransportDecorator.class,
					(client, transport) -> new FaultyTransport(transport, fault)))
			.connect();
		rig.connection().holdWrites();
		Acks.send(rig, "x");
		rig.client.reconnect();
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		switch (fault) {
			case RESULT -> rig.connection(1).releaseWrites();
			default -> rig.connection(1).text("x");
		}
		assertThat(this.appender.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.startsWith("[chat] internal failure: ");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.attempts()).isEqualTo(2);
		assertThat(rig.connection().isAborted()).isFalse();
	}

	@Test
	void anOperationThatFailsInsideFailsItsFuture() {
		AtomicBoolean broken = new AtomicBoolean();
		Rig rig = new Rig((builder) -> builder.component(InstantSource.class, () -> {
			if (broken.get()) {
				throw new IllegalStateException("s3cret");
			}
			return Rig.START;
		}));
		broken.set(true);
		CompletableFuture<Void> connect = rig.client.connect();
		assertThat(Rig.failure(connect)).isInstanceOf(IllegalStateException.class);
		broken.set(false);
		rig.connect();
	}

}
