package io.github.resilientws.internal.monitoring;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;

/**
 * Warns once per client of credentials that leave the machine unencrypted. The name of a
 * header, a query parameter or a template value shows whether it is a credential.
 * Confined to the client's executor.
 */
public final class PlaintextCredentialsWarning {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClient.class);

	// short or common words match only as a whole word, or as the whole name
	private static final Pattern CREDENTIAL = Pattern
		.compile("authorization|cookie|token|secret|passw(or)?d|credential|bearer|jwt|signature"
				+ "|(api|access|app|auth|subscription)[-_]?key|(?<![a-z])(o?auth|sig|pwd)(?![a-z])|^(x-)?(key|pass)$",
				Pattern.CASE_INSENSITIVE);

	private static final Pattern LOOPBACK = Pattern
		.compile("(.+\\.)?localhost\\.?|127(\\.\\d{1,3}){3}|(::|(0+:){7}0*)1", Pattern.CASE_INSENSITIVE);

	private boolean warned;

	/**
	 * Check an attempt that is about to begin.
	 * @param client name of the client
	 * @param request the URL and headers of the attempt
	 * @param values names of the values that templates use
	 */
	public void check(String client, ConnectRequest request, Collection<String> values) {
		if (this.warned) {
			return;
		}
		WebSocketUrl url = WebSocketUrl.of(request.url());
		if (url.secure() || LOOPBACK.matcher(url.host()).matches()) {
			return;
		}
		if (names(request.url(), request.headers().keySet(), values)
			.anyMatch((name) -> CREDENTIAL.matcher(name).find())) {
			this.warned = true;
			logger.warn("[" + client + "] credentials go unencrypted over the network to " + url.host()
					+ ": use wss:// instead of ws://");
		}
	}

	private static Stream<String> names(URI url, Set<String> headers, Collection<String> values) {
		String query = (url.getRawQuery() != null) ? url.getRawQuery() : "";
		Stream<String> parameters = Arrays.stream(query.split("&")).map((parameter) -> parameter.split("=", 2)[0]);
		return Stream.of(headers.stream(), values.stream(), parameters).flatMap((names) -> names);
	}

}
