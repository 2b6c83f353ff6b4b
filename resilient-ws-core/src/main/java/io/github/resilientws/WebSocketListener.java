package io.github.resilientws;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a bean as a listener for the messages of a client. The method may
 * take the payload as {@code String}, {@code byte[]}, {@code ByteBuffer},
 * {@link InboundMessage} (always the whole message) or any type that the client's message
 * converter reads from JSON, and the {@link ResilientWebSocketClient}. It is called as a
 * {@link WebSocketMessageListener} is; what it returns is ignored. The methods of a
 * client are called in {@link org.springframework.core.annotation.Order @Order}, then as
 * they are declared.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Reflective(WebSocketListenerReflectiveProcessor.class)
public @interface WebSocketListener {

	/**
	 * Name of the client; empty for all clients.
	 * @return the name
	 */
	String client() default "";

	/**
	 * Matcher of the messages to receive; empty for all.
	 * @return the matcher
	 */
	String when() default "";

	/**
	 * Locator of the part of the message that is the payload; empty for the whole. When
	 * it finds nothing, the method is not called.
	 * @return the locator
	 */
	String payload() default "";

}
