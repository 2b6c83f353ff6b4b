package io.github.resilientws.event;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.SubscriptionStatus;
import io.github.resilientws.WebSocketDeliveryException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationEventsTests {

	private static final DisconnectCause CAUSE = new DisconnectCause.HeartbeatLost();

	private static final DeadLetter LETTER = new DeadLetter("m2", "payload", 8, Instant.EPOCH, DeadLetter.Cause.POISON);

	private AnnotationConfigApplicationContext context;

	private Recorder recorder;

	private ApplicationEvents events;

	@BeforeEach
	void start() {
		this.context = new AnnotationConfigApplicationContext(Recorder.class);
		this.recorder = this.context.getBean(Recorder.class);
		this.events = new ApplicationEvents(this.context);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void everyEventNamesItsClientAndComesInOrder() {
		this.events.connecting("chat", 3);
		this.events.connected("chat", Map.of("Set-Cookie", List.of("route=a")));
		this.events.ready("chat", Duration.ofSeconds(5));
		this.events.heartbeatMissed("chat", 2);
		this.events.disconnected("chat", CAUSE);
		this.events.reconnectScheduled("chat", 4, Duration.ofSeconds(7), CAUSE);
		this.events.reconnectFailed("chat", 6, CAUSE);
		this.events.messageDropped("chat", "m1", Reason.EXPIRED);
		this.events.deadLettered("chat", LETTER);
		this.events.subscriptionChanged("chat", "newHeads", SubscriptionStatus.REFUSED, InboundMessage.text("s3cret"));
		this.events.closed("chat");
		assertThat(this.recorder.events).extracting(WebSocketClientEvent::getClientName).containsOnly("chat");
		assertThat(this.recorder.events).extracting(Object::getClass)
			.extracting(Class::getSimpleName)
			.containsExactly("WebSocketConnectingEvent", "WebSocketConnectedEvent", "WebSocketReadyEvent",
					"WebSocketHeartbeatMissedEvent", "WebSocketDisconnectedEvent", "WebSocketReconnectScheduledEvent",
					"WebSocketReconnectFailedEvent", "WebSocketMessageDroppedEvent", "WebSocketDeadLetterEvent",
					"WebSocketSubscriptionEvent", "WebSocketClosedEvent");
	}

	@Test
	void eventsCarryTheirFacts() {
		this.events.connecting("chat", 3);
		this.events.ready("chat", Duration.ofSeconds(5));
		this.events.reconnectScheduled("chat", 4, Duration.ofSeconds(7), CAUSE);
		this.events.reconnectFailed("chat", 6, CAUSE);
		this.events.messageDropped("chat", "m1", Reason.EXPIRED);
		this.events.deadLettered("chat", LETTER);
		assertThat(event(0, WebSocketConnectingEvent.class).getAttempt()).isEqualTo(3);
		assertThat(event(1, WebSocketReadyEvent.class).getOutage()).isEqualTo(Duration.ofSeconds(5));
		assertThat(event(2, WebSocketReconnectScheduledEvent.class)).satisfies((event) -> {
			assertThat(event.getAttempt()).isEqualTo(4);
			assertThat(event.getDelay()).isEqualTo(Duration.ofSeconds(7));
			assertThat(event.getCause()).isEqualTo(CAUSE);
		});
		assertThat(event(3, WebSocketReconnectFailedEvent.class)).satisfies((event) -> {
			assertThat(event.getAttempts()).isEqualTo(6);
			assertThat(event.getCause()).isEqualTo(CAUSE);
		});
		assertThat(event(4, WebSocketMessageDroppedEvent.class)).satisfies((event) -> {
			assertThat(event.getMessageId()).isEqualTo("m1");
			assertThat(event.getReason()).isEqualTo(Reason.EXPIRED);
		});
		assertThat(event(5, WebSocketDeadLetterEvent.class)).satisfies((event) -> {
			assertThat(event.getMessageId()).isEqualTo("m2");
			assertThat(event.getAttempts()).isEqualTo(8);
			assertThat(event.getCause()).isEqualTo(DeadLetter.Cause.POISON);
		});
	}

	@Test
	void subscriptionEventHidesDestinationAndReply() {
		this.events.subscriptionChanged("chat", "newHeads", SubscriptionStatus.REFUSED, InboundMessage.text("s3cret"));
		this.events.subscriptionChanged("chat", "newHeads", SubscriptionStatus.TIMED_OUT, null);
		WebSocketSubscriptionEvent event = event(0, WebSocketSubscriptionEvent.class);
		assertThat(event.getDestination()).isEqualTo("newHeads");
		assertThat(event.getStatus()).isEqualTo(SubscriptionStatus.REFUSED);
		assertThat(event.getReply().text()).isEqualTo("s3cret");
		assertThat(event).hasToString("WebSocketSubscriptionEvent[chat]");
		assertThat(event(1, WebSocketSubscriptionEvent.class).getReply()).isNull();
	}

	@Test
	void textIsPublishedAsString() {
		new MessageEventPublisher("chat", this.context).onMessage(InboundMessage.text("hello"));
		assertThat(event(0, WebSocketMessageReceivedEvent.class).getPayload()).isEqualTo("hello");
	}

	@Test
	void bytesArePublishedAsReadOnlyBufferThatNoListenerUsesUp() {
		new MessageEventPublisher("chat", this.context)
			.onMessage(InboundMessage.binary(ByteBuffer.wrap(new byte[] { 1, 2 })));
		WebSocketMessageReceivedEvent event = event(0, WebSocketMessageReceivedEvent.class);
		((ByteBuffer) event.getPayload()).get();
		assertThat(event.getPayload()).asInstanceOf(InstanceOfAssertFactories.type(ByteBuffer.class))
			.satisfies((bytes) -> {
				assertThat(bytes.isReadOnly()).isTrue();
				assertThat(bytes.remaining()).isEqualTo(2);
			});
	}

	private <E extends WebSocketClientEvent> E event(int index, Class<E> type) {
		return type.cast(this.recorder.events.get(index));
	}

	static class Recorder {

		private final List<WebSocketClientEvent> events = new ArrayList<>();

		@EventListener
		void on(WebSocketClientEvent event) {
			this.events.add(event);
		}

	}

}
