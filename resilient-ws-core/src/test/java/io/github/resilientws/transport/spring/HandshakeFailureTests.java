package io.github.resilientws.transport.spring;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.BufferOverflowException;
import java.nio.channels.UnresolvedAddressException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.ResourceBundle;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import jakarta.websocket.DeploymentException;
import org.apache.tomcat.websocket.AuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.WebSocketHandshakeException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link HandshakeFailure}, with the texts of the Tomcat that is on the class path.
 */
class HandshakeFailureTests {

	private static final String SECRET_URL = "ws://host/path?token=secret";

	@ParameterizedTest
	@ValueSource(strings = { "en", "cs", "de", "es", "fr", "ja", "ko", "pt-BR", "ru", "zh-CN" })
	void statusIsFoundInEveryLanguage(String language) {
		assertThat(status(language, "invalidStatus", "429")).hasValue(429);
		assertThat(status(language, "missingAuthenticateHeader", "401", "WWW-Authenticate")).hasValue(401);
		assertThat(status(language, "unsupportedAuthScheme", 401, "Bearer")).hasValue(401);
		assertThat(status(language, "failedAuthentication", 401, "Authorization")).hasValue(401);
		assertThat(status(language, "missingLocationHeader", "307")).hasValue(307);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "cs", "de", "es", "fr", "ja", "ko", "pt-BR", "ru", "zh-CN" })
	void redirectIsFoundInEveryLanguage(String language) {
		assertThat(status(language, "redirectThreshold", "wss://other.example.com/503", "1", "0")).hasValue(302);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "fr", "ja", "ko", "zh-CN" })
	void otherTextsHaveNoStatus(String language) {
		assertThat(status(language, "httpRequestFailed", "ws://host/429")).isEmpty();
		assertThat(status(language, "invalidStatus", "SSH-2.0-OpenSSH_9.2\r\n")).isEmpty();
		assertThat(status(language, "proxyConnectFail", "HTTP @ proxy/127.0.0.1:3128", "407")).isEmpty();
		assertThat(status(language, "invalidSubProtocol")).isEmpty();
	}

	@Test
	void refusalIsFoundBehindTheExceptionsOfFutures() {
		Throwable failure = new CompletionException(
				new ExecutionException(new DeploymentException("The HTTP response from the server [503] did not …")));
		assertThat(cause(failure)).isEqualTo(new HandshakeRefused(503, Map.of()));
	}

	@Test
	void refusedCredentialsAre401() {
		assertThat(cause(new DeploymentException("…", new AuthenticationException("no user name"))))
			.isEqualTo(new HandshakeRefused(401, Map.of()));
	}

	@Test
	void unresolvedAddressIsAnUnknownHost() {
		assertThat(failure(new UnresolvedAddressException())).isInstanceOf(UnknownHostException.class)
			.hasMessage("host");
	}

	@Test
	void causeOfAFailedRequestIsKept() {
		ConnectException refused = new ConnectException("Connection refused");
		assertThat(failure(new DeploymentException("…", new ExecutionException(refused)))).isSameAs(refused);
	}

	@Test
	void textsOfThePeerAndUrlsAreNotPassedOn() {
		String text = "Status Code [0], HTTP headers [{set-cookie=secret}]";
		assertThat(failure(new DeploymentException(SECRET_URL, new EOFException(text))))
			.isInstanceOf(EOFException.class)
			.hasMessageNotContaining("secret")
			.hasNoCause();
		assertThat(failure(new DeploymentException(SECRET_URL, new TimeoutException(text))))
			.isInstanceOf(SocketTimeoutException.class)
			.hasMessageNotContaining("secret")
			.hasNoCause();
		assertThat(failure(new IllegalArgumentException("Illegal character in " + SECRET_URL)))
			.isInstanceOf(WebSocketHandshakeException.class)
			.hasMessageNotContaining("secret")
			.hasNoCause();
		assertThat(failure(new IllegalStateException(SECRET_URL))).isInstanceOf(IOException.class)
			.hasMessageNotContaining("secret")
			.hasNoCause();
	}

	@Test
	void uncheckedFailuresAreNamed() {
		assertThat(failure(new BufferOverflowException())).isInstanceOf(IOException.class)
			.hasMessage("the WebSocket client failed with java.nio.BufferOverflowException");
	}

	private static OptionalInt status(String language, String key, Object... arguments) {
		ResourceBundle texts = ResourceBundle.getBundle("org.apache.tomcat.websocket.LocalStrings",
				Locale.forLanguageTag(language));
		return HandshakeFailure
			.status(new MessageFormat(texts.getString("wsWebSocketContainer." + key)).format(arguments));
	}

	private static DisconnectCause cause(Throwable failure) {
		return HandshakeFailure.from(failure, "host");
	}

	private static Throwable failure(Throwable failure) {
		return ((ConnectFailed) cause(failure)).failure();
	}

}
