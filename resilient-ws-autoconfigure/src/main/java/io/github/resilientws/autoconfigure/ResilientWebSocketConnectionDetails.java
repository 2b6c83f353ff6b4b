package io.github.resilientws.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * The URLs that clients connect to. A bean of this type redirects clients, for example to
 * a server that a test or a platform provides. Its URL overrides {@code url} and
 * {@code urls} of the properties and the URL of a client created at run time; a
 * {@code HandshakeCustomizer} overrides it in turn.
 *
 * @since 0.1
 */
public interface ResilientWebSocketConnectionDetails extends ConnectionDetails {

	/**
	 * Return the URL of a client. Called for each configured client at start, and for
	 * each client created at run time when it is created.
	 * @param clientName name of the client
	 * @return its {@code ws} or {@code wss} URL, or {@code null} to use the URL of the
	 * properties or of the caller that creates the client
	 */
	@Nullable URI getUrl(String clientName);

	/**
	 * Return trust material for a client. Called together with {@link #getUrl}.
	 * @param clientName name of the client
	 * @return its SSL bundle, or {@code null} (the default) to use {@code ssl.bundle} of
	 * the properties
	 */
	default @Nullable SslBundle getSslBundle(String clientName) {
		return null;
	}

}
