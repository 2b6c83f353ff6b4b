package io.github.resilientws.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the clients connect to. A bean of this type points clients elsewhere, such as to
 * a server that a test or a platform provides: what it returns wins over {@code url} and
 * {@code urls} of the properties, a {@code HandshakeCustomizer} still over it.
 */
public interface ResilientWebSocketConnectionDetails extends ConnectionDetails {

	/**
	 * Return the URL of a client. Asked once for each configured client, at start.
	 * @param clientName name of the client
	 * @return its {@code ws} or {@code wss} URL, or {@code null} to leave it to the
	 * properties
	 */
	@Nullable URI getUrl(String clientName);

}
