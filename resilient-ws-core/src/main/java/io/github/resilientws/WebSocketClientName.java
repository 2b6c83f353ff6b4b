package io.github.resilientws;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Qualifies an injection point or a bean with the name of a configured client.
 *
 * <pre>{@code
 * PriceFeed(@WebSocketClientName("prices") ResilientWebSocketClient client) {
 *     this.client = client;
 * }
 * }</pre> On a bean such as a {@link HandshakeCustomizer} it says which client the bean
 * serves; without it the bean serves all clients.
 *
 * @since 0.1
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
public @interface WebSocketClientName {

	/**
	 * Return the name of the client, as under {@code resilient-ws.clients}.
	 * @return the name
	 */
	String value();

}
