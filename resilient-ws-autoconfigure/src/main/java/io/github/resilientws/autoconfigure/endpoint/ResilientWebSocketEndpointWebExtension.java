package io.github.resilientws.autoconfigure.endpoint;

import java.util.Map;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Reports over HTTP why an operation failed.
 *
 * @since 0.1
 */
@EndpointWebExtension(endpoint = ResilientWebSocketEndpoint.class)
public class ResilientWebSocketEndpointWebExtension {

	private static final int STATUS_CONFLICT = 409;

	private final ResilientWebSocketEndpoint endpoint;

	/**
	 * Create an extension.
	 * @param endpoint the endpoint
	 */
	public ResilientWebSocketEndpointWebExtension(ResilientWebSocketEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Operate one client.
	 * @param client name of the client
	 * @param operation the operation
	 * @param id id of the dead letter to resubmit or discard
	 * @return 200 with the client, 404 if there is none of that name or no such dead
	 * letter, 400 if the operation or its id is missing or unknown, 409 if it is not
	 * possible in the client's state
	 */
	@WriteOperation
	public WebEndpointResponse<?> operate(@Selector String client, @Nullable String operation, @Nullable String id) {
		try {
			ClientDescriptor descriptor = this.endpoint.operate(client, operation, id);
			return (descriptor != null) ? new WebEndpointResponse<>(descriptor)
					: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (InvalidEndpointRequestException ex) {
			return error(WebEndpointResponse.STATUS_BAD_REQUEST, ex);
		}
		catch (NoSuchElementException ex) {
			return error(WebEndpointResponse.STATUS_NOT_FOUND, ex);
		}
		catch (IllegalStateException ex) {
			return error(STATUS_CONFLICT, ex);
		}
	}

	private static WebEndpointResponse<?> error(int status, RuntimeException ex) {
		return new WebEndpointResponse<>(Map.of("error", String.valueOf(ex.getMessage())), status);
	}

}
