package io.github.resilientws;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a bean as a listener for the messages of a client.
 *
 * <pre class="code">
 * &#64;WebSocketListener(client = "chat", when = "/type = message", payload = "/data")
 * void on(ChatMessage message) {
 *     ...
 * }
 * </pre> The method may take the payload as {@code String}, {@code byte[]},
 * {@code ByteBuffer}, {@link InboundMessage} (always the whole message) or any type that
 * the client's message converter reads from JSON. It may also take the
 * {@link ResilientWebSocketClient}. Its return value, or that of the
 * {@code CompletionStage} that it returns, answers a question of the server
 * ({@code inbound.request}), and is ignored otherwise. Threads and order are those of
 * {@link WebSocketMessageListener}. The methods of a client are called in
 * {@link org.springframework.core.annotation.Order @Order}, then in the order of their
 * declaration.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Reflective(WebSocketListenerReflectiveProcessor.class)
public @interface WebSocketListener {

	/**
	 * Return the name of the client; empty for all clients.
	 * @return the name
	 */
	String client() default "";

	/**
	 * Return the matcher of the messages to receive; empty for all.
	 * @return the matcher, for example {@code /type = message}
	 */
	String when() default "";

	/**
	 * Return the locator of the part of the message that is the payload; empty for the
	 * whole message. If it finds nothing, the method is not called.
	 * @return the locator, for example {@code /data}
	 */
	String payload() default "";

	/**
	 * Return the destinations to subscribe to; {@code ${..}} placeholders are resolved.
	 * The method is then called only for messages of these subscriptions, and
	 * {@code payload} is by default {@code subscription.payload}, unless the method takes
	 * the whole message or none.
	 * @return the destinations, for example {@code newHeads}
	 */
	String[] subscribe() default {};

}
