package io.github.resilientws;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

/**
 * Names the reason of a failed TLS handshake in fixed words.
 */
final class TlsFailure {

	// the JDK does not translate these texts; the names of alerts are its own, too
	private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]{1,40})");

	private static final Pattern OTHER_HOST = Pattern
		.compile("^(No subject alternative (DNS )?names? |No name matching ).*", Pattern.DOTALL);

	private static final Pattern VERSION = Pattern.compile(
			"(server selected protocol version|No appropriate protocol|not supported by the client).*",
			Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

	private static final Pattern NO_TLS = Pattern.compile("not an SSL/TLS record|Unsupported or unrecognized SSL");

	private static final Pattern TIMED_OUT = Pattern.compile("handshake timed out");

	private static final Pattern ENDED = Pattern
		.compile("Connection closed while SSL/TLS handshake|Remote host terminated the handshake");

	private TlsFailure() {
	}

	/**
	 * Describe a failure of TLS.
	 * @param chain the failure and its causes
	 * @return the reason, or {@code null} if TLS did not fail or the reason is unknown
	 */
	static @Nullable String describe(List<Throwable> chain) {
		if (chain.stream().noneMatch(SSLException.class::isInstance)) {
			return null;
		}
		// deeper causes are more precise
		for (int i = chain.size() - 1; i >= 0; i--) {
			String reason = reason(chain.get(i));
			if (reason != null) {
				return reason;
			}
		}
		return null;
	}

	private static @Nullable String reason(Throwable failure) {
		if (failure instanceof CertificateExpiredException) {
			return "certificate expired";
		}
		if (failure instanceof CertificateNotYetValidException) {
			return "certificate not valid yet";
		}
		if (failure instanceof CertPathBuilderException) {
			return "certificate not trusted (unknown CA or self-signed)";
		}
		if (failure instanceof CertPathValidatorException invalid) {
			return "certificate not trusted (" + invalid.getReason() + ")";
		}
		if (failure instanceof SSLPeerUnverifiedException) {
			return "certificate for another host";
		}
		return (failure.getMessage() != null) ? reason(failure.getMessage()) : null;
	}

	private static @Nullable String reason(String message) {
		if (OTHER_HOST.matcher(message).matches()) {
			return "certificate for another host";
		}
		Matcher alert = ALERT.matcher(message);
		if (alert.find()) {
			return "TLS refused by the server with alert " + alert.group(1) + hint(alert.group(1));
		}
		if (VERSION.matcher(message).find()) {
			return "no common TLS version";
		}
		if (NO_TLS.matcher(message).find()) {
			return "the server does not speak TLS";
		}
		if (TIMED_OUT.matcher(message).find()) {
			return "TLS handshake timed out";
		}
		return ENDED.matcher(message).find() ? "closed by the server during the TLS handshake" : null;
	}

	private static String hint(String alert) {
		return switch (alert) {
			case "certificate_required", "bad_certificate" -> " (client certificate missing or refused)";
			case "unknown_ca", "certificate_unknown", "certificate_expired", "certificate_revoked",
					"unsupported_certificate" ->
				" (client certificate refused)";
			case "protocol_version" -> " (no common TLS version)";
			case "handshake_failure" -> " (no common cipher suite, or client certificate missing)";
			case "unrecognized_name" -> " (the server does not know the host)";
			default -> "";
		};
	}

}
