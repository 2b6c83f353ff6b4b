package io.github.resilientws.listener;

/**
 * A {@code @WebSocketListener} method cannot be a listener. The message names the method
 * and the allowed signatures.
 *
 * @since 0.1
 */
public class InvalidListenerException extends IllegalStateException {

	InvalidListenerException(String message) {
		super(message);
	}

	InvalidListenerException(String message, Throwable cause) {
		super(message, cause);
	}

}
