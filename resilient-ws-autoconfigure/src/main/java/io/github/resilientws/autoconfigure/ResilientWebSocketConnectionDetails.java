package io.github.resilientws.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where the clients connect to. A bean of this type points clients elsewhere, such as to
 * a server that a test or a platform provides: what it returns wins over {@code url} and
 * {@code urls} of the properties and over what a client made at run time is given, a
 * {@code HandshakeCustomizer} still over it.
 */
public interface ResilientWebSocketConnectionDetails extends ConnectionDetails {

	/**
	 * Return the URL of a client. Asked for each configured client at start, and for each
	 * client made at run time when it is made.
	 * @param clientName name of the client
	 * @return its {@code ws} or {@code wss} URL, or {@code null} to leave it to the
	 * properties or to who makes the client
	 */
	@Nullable URI getUrl(String clientName);

	/**
	 * Return trust material for a client. Asked when the URL is.
	 * @param clientName name of the client
	 * @return its SSL bundle, or {@code null}, as by default, to leave it to
	 * {@code ssl.bundle} of the properties
	 */
	default @Nullable SslBundle getSslBundle(String clientName) {
		return null;
	}

}
