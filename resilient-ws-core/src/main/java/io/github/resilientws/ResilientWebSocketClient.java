package io.github.resilientws;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.settings.ClientSettingsBuilder;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.TlsSettings;

/**
 * A WebSocket client that stays connected: it reconnects, detects dead peers, and keeps
 * the messages that are sent while the line is down.
 *
 * <pre>{@code
 * ResilientWebSocketClient client = ResilientWebSocketClient
 *     .builder("chat", URI.create("wss://chat.example.com/ws"))
 *     .listener((message) -> System.out.println(message.text()))
 *     .build();
 * client.connect();
 * client.send("hello"); // waits in the outbox until the client is ready
 * client.disconnect();
 * }</pre> All methods may be called from any thread. Futures complete on callback threads
 * of the client, never on a transport thread.
 *
 * @since 0.1
 */
public interface ResilientWebSocketClient {

	/**
	 * Create a client without Spring Boot. It stays {@code IDLE} until
	 * {@link #connect()}.
	 * @param name name of the client: lower-case letters, digits and dashes
	 * @param url {@code ws} or {@code wss} URL
	 * @return a builder with default settings
	 */
	static Builder builder(String name, URI url) {
		return ClientProviderHolder.get().builder(name, url);
	}

	/**
	 * Return the name.
	 * @return the name of the client, as under {@code resilient-ws.clients}
	 */
	String getName();

	/**
	 * Return the state.
	 * @return the present state
	 */
	ConnectionState getState();

	/**
	 * Return whether messages flow.
	 * @return whether the state is {@code READY}
	 */
	default boolean isReady() {
		return getState() == ConnectionState.READY;
	}

	/**
	 * Return state, attempts, last cause and last transitions.
	 * @return a consistent snapshot
	 */
	ClientStatus getStatus();

	/**
	 * Return counters and gauges of the client.
	 * @return live figures; each getter reads the present value
	 */
	ClientStatistics getStatistics();

	/**
	 * Send a text message. If the outbox refuses the message, no exception is thrown: the
	 * future fails.
	 * @param text the text
	 * @return its delivery; fails with a {@link WebSocketDeliveryException}
	 * @throws IllegalArgumentException if the text is {@code null}
	 */
	default CompletableFuture<Delivery> send(String text) {
		return send(OutboundMessage.text(text));
	}

	/**
	 * Send a binary message.
	 * @param bytes the bytes from position to limit, which are copied
	 * @return its delivery; fails with a {@link WebSocketDeliveryException}
	 * @throws IllegalArgumentException if the buffer is {@code null}
	 */
	default CompletableFuture<Delivery> send(ByteBuffer bytes) {
		return send(OutboundMessage.binary(bytes));
	}

	/**
	 * Send a message. The call returns once the outbox has accepted the message. It
	 * blocks only with {@code queue.overflow: block}, and for the commit of a durable
	 * store.
	 * @param message the message
	 * @return its delivery. At most once, it completes when the bytes were handed to the
	 * operating system; at least once, when the server acknowledged the message. It fails
	 * with a {@link WebSocketDeliveryException}
	 * @throws IllegalArgumentException if the message is {@code null}
	 */
	CompletableFuture<Delivery> send(OutboundMessage message);

	/**
	 * Convert an object on the caller's thread and send it.
	 * @param payload the object
	 * @return its delivery; fails with reason {@code REJECTED}, and the exception of the
	 * converter as cause, if the object cannot be converted
	 * @throws IllegalArgumentException if the object is {@code null}
	 */
	default CompletableFuture<Delivery> convertAndSend(Object payload) {
		return send(OutboundMessage.of(payload));
	}

	/**
	 * Convert an object and send it.
	 * @param payload the object
	 * @param options sets id, time to live and other options of the message
	 * @return its delivery
	 * @throws IllegalArgumentException if the object is {@code null}
	 */
	default CompletableFuture<Delivery> convertAndSend(Object payload, UnaryOperator<OutboundMessage> options) {
		return send(options.apply(OutboundMessage.of(payload)));
	}

	/**
	 * Convert an object and send it to a destination, which {@code delivery.envelope}
	 * writes as {@code {{destination}}}.
	 * @param destination a method, topic, channel or event, as the server calls it
	 * @param payload the object
	 * @return its delivery; {@code REJECTED} if no template writes the destination
	 * @throws IllegalArgumentException if the destination is blank or the object is
	 * {@code null}
	 */
	default CompletableFuture<Delivery> convertAndSend(String destination, Object payload) {
		return send(OutboundMessage.of(payload).withDestination(destination));
	}

	/**
	 * Convert an object, send it as a request, and read the content of the reply, which
	 * {@code request.reply.payload} finds. A request is sent at most once, whatever
	 * {@code delivery.guarantee}; while the client is not ready, it waits in the outbox.
	 *
	 * <pre>{@code
	 * CompletableFuture<Block> block = node.convertSendAndReceive("eth_getBlockByNumber",
	 *     List.of("latest", false), Block.class);
	 * }</pre>
	 * @param <T> type of the content
	 * @param destination a method, topic or channel, as the server calls it
	 * @param payload the object, or {@code null} for none
	 * @param replyType type of the content; {@code Void} accepts any reply, and
	 * {@code String} returns the text of a JSON string and the JSON of any other value
	 * @return the content, or {@code null} if there is none; fails with
	 * {@link WebSocketReplyException} if the server refuses the request, with
	 * {@link WebSocketDeliveryException} of reason {@code EXPIRED} if it was not sent
	 * within {@code request.timeout} and {@code UNDELIVERABLE} if it was sent and no
	 * reply arrived in time or before the end of the connection, with the exception of
	 * the converter if the reply cannot be read, and with {@link IllegalStateException}
	 * without {@code request.send}
	 * @throws IllegalArgumentException if the destination is blank
	 */
	<T> CompletableFuture<T> convertSendAndReceive(String destination, @Nullable Object payload, Class<T> replyType);

	/**
	 * Convert an object, send it as a request, and read the content of the reply as a
	 * generic type.
	 * @param <T> type of the content
	 * @param destination a method, topic or channel, as the server calls it
	 * @param payload the object, or {@code null} for none
	 * @param replyType type of the content
	 * @return the content, as of {@link #convertSendAndReceive(String, Object, Class)}
	 * @throws IllegalArgumentException if the destination is blank
	 */
	<T> CompletableFuture<T> convertSendAndReceive(String destination, @Nullable Object payload,
			ParameterizedTypeReference<T> replyType);

	/**
	 * Send a request and return the whole reply.
	 * @param request the request; its time to live replaces {@code request.timeout}, its
	 * id replaces the generated one
	 * @return the reply; fails as that of {@code convertSendAndReceive}
	 * @throws IllegalArgumentException if the request is {@code null}
	 */
	CompletableFuture<InboundMessage> sendAndReceive(OutboundMessage request);

	/**
	 * Subscribe to a destination, on the present and all later connections.
	 * @param destination a topic, channel or procedure, as the server calls it
	 * @param listener receives the messages of the subscription
	 * @return the subscription
	 * @throws IllegalStateException without {@code subscription.send}
	 */
	default WebSocketSubscription subscribe(String destination, WebSocketMessageListener listener) {
		return subscribe(OutboundMessage.empty().withDestination(destination), listener);
	}

	/**
	 * Subscribe with a payload, or values for {@code subscription.send}.
	 * @param subscription destination, payload, values; equal ones share one on the wire
	 * @param listener receives the messages of the subscription
	 * @return the subscription
	 */
	WebSocketSubscription subscribe(OutboundMessage subscription, WebSocketMessageListener listener);

	/**
	 * Subscribe, and read what {@code subscription.payload} finds in the messages.
	 * @param <T> type of the content
	 * @param destination a topic, channel or procedure, as the server calls it
	 * @param type type of the content
	 * @param listener receives the content of each message that has one
	 * @return the subscription
	 */
	<T> WebSocketSubscription subscribe(String destination, Class<T> type, Consumer<T> listener);

	/**
	 * Connect. Starts the client in {@code IDLE}, {@code CLOSED} and {@code FAILED}.
	 * @return completes once the client is ready; fails with
	 * {@link WebSocketConnectException} if the client gives up or is closed first, and
	 * with {@link IllegalStateException} in {@code DRAINING} and {@code SUSPENDED}
	 */
	CompletableFuture<Void> connect();

	/**
	 * Close the client. If it is ready, it first sends the accepted messages for up to
	 * {@code shutdown-timeout}. It does not reconnect afterwards.
	 * @return completes once the client is closed; every call returns the same future
	 */
	CompletableFuture<Void> disconnect();

	/**
	 * Connect again at once. In {@code BACKING_OFF} the next attempt starts now; in
	 * {@code READY} a new connection replaces the present one; while an attempt is under
	 * way the call has no effect.
	 * @return completes once the client is ready; fails with
	 * {@link IllegalStateException} in other states
	 */
	CompletableFuture<Void> reconnect();

	/**
	 * Pause the client: close the connection or cancel the attempt, and keep the outbox.
	 * @return completes once the client is suspended; in {@code IDLE}, {@code DRAINING},
	 * {@code CLOSED} and {@code FAILED} the call has no effect
	 */
	CompletableFuture<Void> suspend();

	/**
	 * Connect again after {@link #suspend()}.
	 * @return completes once the client is ready; without {@link #suspend()} the call has
	 * no effect
	 */
	CompletableFuture<Void> resume();

	/**
	 * Send a heartbeat now.
	 * @return the round-trip time; fails with
	 * {@link java.util.concurrent.TimeoutException} if the heartbeat is missed, and with
	 * {@link IllegalStateException} if the client is not ready or loses its connection
	 * before the answer
	 */
	CompletableFuture<Duration> probe();

	/**
	 * Wait until the client is ready.
	 * @param timeout longest wait
	 * @return whether it is ready
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean awaitReady(Duration timeout) throws InterruptedException;

	/**
	 * Return the heartbeat settings in force.
	 * @return the settings
	 */
	HeartbeatSettings getHeartbeat();

	/**
	 * Change the heartbeat at run time. The next heartbeat follows the new settings.
	 * @param update returns the new settings
	 * @throws InvalidSettingException if the new settings are not allowed
	 */
	void updateHeartbeat(UnaryOperator<HeartbeatSettings> update);

	/**
	 * Add a listener for messages. A listener that was added before is not added again.
	 * @param listener the listener
	 * @return a handle whose {@code close()} removes the listener
	 */
	AutoCloseable addListener(WebSocketMessageListener listener);

	/**
	 * Return the messages that the client gave up although their arrival is uncertain.
	 * @return the dead letters
	 */
	default ClientDeadLetters getDeadLetters() {
		return ClientDeadLetters.NONE;
	}

	/**
	 * Collects settings and components of a client.
	 *
	 * <pre>{@code
	 * ResilientWebSocketClient.builder("feed", URI.create("wss://feed.example.com"))
	 *     .connectTimeout(Duration.ofSeconds(5))
	 *     .delivery(DeliverySettings::atLeastOnce)
	 *     .handshakeCustomizer((handshake) -> handshake.setHeader("Authorization", token()))
	 *     .build();
	 * }</pre>
	 */
	interface Builder extends ClientSettingsBuilder<Builder> {

		/**
		 * Use TLS with these settings for {@code wss}.
		 * @param settings called on the client's executor before every attempt, so that
		 * the next handshake uses renewed certificates; must not block; by default the
		 * trust store of the JDK is used
		 * @return this builder
		 */
		Builder tls(Supplier<TlsSettings> settings);

		/**
		 * Call a customizer before every attempt.
		 * @param customizer the customizer, called after those that were added before
		 * @return this builder
		 */
		Builder handshakeCustomizer(HandshakeCustomizer customizer);

		/**
		 * Use a converter for objects.
		 * @param converter the converter, by default JSON by Jackson if present
		 * @return this builder
		 */
		Builder messageConverter(MessageConverter converter);

		/**
		 * Add an observer of everything that happens to the client.
		 * @param observer the observer
		 * @return this builder
		 */
		Builder observer(ClientObserver observer);

		/**
		 * Add a listener that receives messages from the start.
		 * @param listener the listener
		 * @return this builder
		 */
		Builder listener(WebSocketMessageListener listener);

		/**
		 * Use a handler for failures of listeners.
		 * @param handler the handler, by default one that writes a WARN without payload
		 * @return this builder
		 */
		Builder listenerErrorHandler(WebSocketListenerErrorHandler handler);

		/**
		 * Replace a component of the client: {@code WebSocketTransport},
		 * {@code WebSocketTransportDecorator}, {@code ReconnectPolicy},
		 * {@code OutboxStoreFactory}, {@code SharedOutboxStoreFactory},
		 * {@code LineElection}, spring-retry's {@code RetryPolicy} and
		 * {@code SleepingBackOffPolicy}, an {@code ObservationRegistry} and the three
		 * observation conventions, a {@code TaskDecorator} for the task that completes
		 * the future of a send, a {@code WebSocketFrameCodecFactory}; for tests
		 * {@code InstantSource} and {@code RandomGenerator}.
		 * @param <T> type of the component
		 * @param type type of the component
		 * @param component the component
		 * @return this builder
		 * @throws IllegalArgumentException if the type is none of them
		 */
		<T> Builder component(Class<T> type, T component);

		/**
		 * Create the client.
		 * @return the client, {@code IDLE}
		 * @throws InvalidSettingException if a setting is not allowed
		 * @throws IllegalStateException if Netty is not on the class path and no
		 * transport is given
		 */
		ResilientWebSocketClient build();

	}

}
