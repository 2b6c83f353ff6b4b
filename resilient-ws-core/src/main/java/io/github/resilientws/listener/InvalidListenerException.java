package io.github.resilientws.listener;

/**
 * A {@code @WebSocketListener} method can't be a listener. The message names the method
 * and says what is allowed.
 */
public class InvalidListenerException extends IllegalStateException {

	InvalidListenerException(String message) {
		super(message);
	}

	InvalidListenerException(String message, Throwable cause) {
		super(message, cause);
	}

}
