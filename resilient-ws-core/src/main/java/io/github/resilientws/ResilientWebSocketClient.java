package io.github.resilientws;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.settings.ClientSettingsBuilder;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.TlsSettings;

/**
 * An outbound WebSocket that stays connected: it reconnects, notices dead peers, and
 * keeps what is sent while the line is down. All methods may be called from any thread;
 * futures complete on lanes of the client, never on a transport thread.
 */
public interface ResilientWebSocketClient {

	/**
	 * Make a client without Spring Boot. It stays {@code IDLE} until {@link #connect()}.
	 * @param name name of the client: lower-case letters, digits and dashes
	 * @param url {@code ws} or {@code wss} URL
	 * @return a builder with default settings
	 */
	static Builder builder(String name, URI url) {
		return ServiceLoader
			.load(ResilientWebSocketClientProvider.class, ResilientWebSocketClient.class.getClassLoader())
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("resilient-ws-core is not complete: no "
					+ ResilientWebSocketClientProvider.class.getName() + " is registered"))
			.builder(name, url);
	}

	/**
	 * Return the name.
	 * @return the name
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
	 * Return where the client stands.
	 * @return a consistent picture
	 */
	ClientStatus getStatus();

	/**
	 * Return the figures of the client.
	 * @return live figures
	 */
	ClientStatistics getStatistics();

	/**
	 * Send a text message. Never throws for a refused message: its future fails.
	 * @param text the text
	 * @return its delivery; fails with a {@link WebSocketDeliveryException}
	 * @throws IllegalArgumentException if the text is {@code null}
	 */
	default CompletableFuture<Delivery> send(String text) {
		return send(OutboundMessage.text(text));
	}

	/**
	 * Send a binary message.
	 * @param bytes the bytes from position to limit; copied, the position stays
	 * @return its delivery; fails with a {@link WebSocketDeliveryException}
	 * @throws IllegalArgumentException if the buffer is {@code null}
	 */
	default CompletableFuture<Delivery> send(ByteBuffer bytes) {
		return send(OutboundMessage.binary(bytes));
	}

	/**
	 * Send a message. Returns when it is accepted; blocks only with
	 * {@code queue.overflow: block}, and for the commit of a durable store.
	 * @param message the message
	 * @return its delivery: complete when its bytes were handed to the operating system,
	 * at least once: when the server acknowledged it; fails with a
	 * {@link WebSocketDeliveryException}
	 * @throws IllegalArgumentException if the message is {@code null}
	 */
	CompletableFuture<Delivery> send(OutboundMessage message);

	/**
	 * Convert an object on the caller's thread and send it.
	 * @param payload the object
	 * @return its delivery; fails with reason {@code REJECTED}, and the exception of the
	 * converter as cause, if the object can't be converted
	 * @throws IllegalArgumentException if the object is {@code null}
	 */
	default CompletableFuture<Delivery> convertAndSend(Object payload) {
		return send(OutboundMessage.of(payload));
	}

	/**
	 * Convert an object and send it.
	 * @param payload the object
	 * @param options adds id, time to live and the like
	 * @return its delivery
	 * @throws IllegalArgumentException if the object is {@code null}
	 */
	default CompletableFuture<Delivery> convertAndSend(Object payload, UnaryOperator<OutboundMessage> options) {
		return send(options.apply(OutboundMessage.of(payload)));
	}

	/**
	 * Connect. Leads out of {@code IDLE}, {@code CLOSED} and {@code FAILED}.
	 * @return completes when ready; fails with {@link WebSocketConnectException} when the
	 * client gives up or is closed first, and with {@link IllegalStateException} in
	 * {@code DRAINING} and {@code SUSPENDED}
	 */
	CompletableFuture<Void> connect();

	/**
	 * Close: when ready, send what was accepted within {@code shutdown-timeout} first.
	 * Nothing reconnects afterwards.
	 * @return completes when closed; the same future for each call
	 */
	CompletableFuture<Void> disconnect();

	/**
	 * Connect anew: at once when backing off, replacing the connection when ready, a
	 * no-op while connecting.
	 * @return completes when ready; fails with {@link IllegalStateException} in other
	 * states
	 */
	CompletableFuture<Void> reconnect();

	/**
	 * Pause: close the connection or stop trying, keep the outbox.
	 * @return completes when suspended; a no-op where there is nothing to pause
	 */
	CompletableFuture<Void> suspend();

	/**
	 * Connect again after {@link #suspend()}.
	 * @return completes when ready; a no-op when not suspended
	 */
	CompletableFuture<Void> resume();

	/**
	 * Send a heartbeat now.
	 * @return the round-trip time; fails with
	 * {@link java.util.concurrent.TimeoutException} when the beat is missed, and with
	 * {@link IllegalStateException} when the client is not ready or is lost meanwhile
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
	 * Change the heartbeat while running; the next beat follows the new settings.
	 * @param update returns the new settings
	 * @throws InvalidSettingException if they are not allowed
	 */
	void updateHeartbeat(UnaryOperator<HeartbeatSettings> update);

	/**
	 * Add a listener for messages; one that is there already is not added again.
	 * @param listener the listener
	 * @return removes the listener when closed
	 */
	AutoCloseable addListener(WebSocketMessageListener listener);

	/**
	 * Return the messages that were given up though their arrival is uncertain.
	 * @return the dead letters
	 */
	default ClientDeadLetters getDeadLetters() {
		return ClientDeadLetters.NONE;
	}

	/**
	 * Settings and collaborators of a client that is about to be made.
	 */
	interface Builder extends ClientSettingsBuilder<Builder> {

		/**
		 * Use TLS with these settings for {@code wss}.
		 * @param settings asked on the client's executor before every attempt, so that
		 * renewed certificates are used by the next handshake; must not block; by default
		 * the trust store of the JDK is used
		 * @return this builder
		 */
		Builder tls(Supplier<TlsSettings> settings);

		/**
		 * Ask a customizer before every attempt.
		 * @param customizer the customizer; a later one is asked after an earlier one
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
		 * Tell an observer.
		 * @param observer the observer
		 * @return this builder
		 */
		Builder observer(ClientObserver observer);

		/**
		 * Add a listener from the start.
		 * @param listener the listener
		 * @return this builder
		 */
		Builder listener(WebSocketMessageListener listener);

		/**
		 * Handle failures of listeners.
		 * @param handler the handler
		 * @return this builder
		 */
		Builder listenerErrorHandler(WebSocketListenerErrorHandler handler);

		/**
		 * Replace a component of the client: {@code WebSocketTransport},
		 * {@code WebSocketTransportDecorator}, {@code ReconnectPolicy}, an
		 * {@code OutboxStoreFactory}, spring-retry's {@code RetryPolicy} and
		 * {@code SleepingBackOffPolicy}, an {@code ObservationRegistry} and the three
		 * observation conventions, a {@code TaskDecorator} for the task that completes
		 * the future of a send; for tests in virtual time {@code InstantSource} and
		 * {@code RandomGenerator}.
		 * @param <T> type of the part
		 * @param type type of the part
		 * @param component the part
		 * @return this builder
		 * @throws IllegalArgumentException if the type is none of them
		 */
		<T> Builder component(Class<T> type, T component);

		/**
		 * Make the client.
		 * @return the client, {@code IDLE}
		 * @throws InvalidSettingException if a setting is not allowed
		 * @throws IllegalStateException if Netty is not on the class path and no
		 * transport is given
		 */
		ResilientWebSocketClient build();

	}

}
