package io.github.resilientws.transport;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness.WriteResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How connections begin, or do not.
 */
abstract class TransportOpeningContractTests extends TransportHandshakeContractTests {

	@Test
	void echoesMessages() throws Exception {
		CompletableFuture<Map<String, String>> headers = new CompletableFuture<>();
		this.client.headers = Map.of("Authorization", "Bearer t");
		this.client.subprotocols = List.of("a", "b");
		this.client.open((peer) -> {
			peer.accept("Sec-WebSocket-Protocol: b\r\n");
			headers.complete(peer.headers());
			peer.raw(Peer.text(peer.read().text()), Peer.frame(0x82, peer.read().payload()));
			peer.awaitEnd();
		});
		this.client.write(TransportHarness.text("grüß"), TransportHarness.binary(new byte[] { 1, 2, 3 }));
		this.client.awaitSignal("binary 3");
		assertThat(this.client.listener.signals).containsExactly("open", "text grüß", "binary 3");
		assertThat(this.client.listener.reads).hasPositiveValue();
		assertThat(this.client.results()).containsExactly(new WriteResult(2, 2, 2, null));
		assertThat(headers.get()).containsEntry(":line", "GET /path?query=1 HTTP/1.1")
			.containsEntry("Authorization", "Bearer t")
			.hasEntrySatisfying("Sec-WebSocket-Protocol", (value) -> assertThat(value).matches("a, ?b"))
			.containsEntry("Sec-WebSocket-Version", "13")
			.hasEntrySatisfying("Host", (host) -> assertThat(host).matches("127\\.0\\.0\\.1:\\d+"));
	}

	@Test
	void framesInTheSegmentOfTheAnswerWaitForTheReader() throws Exception {
		this.client.reading = false;
		this.client.open((peer) -> {
			peer.raw(peer.switching().getBytes(), Peer.text("a"), Peer.text("b"), Peer.close(1008, "no"));
			peer.socket().shutdownOutput();
			peer.awaitEnd();
		});
		this.client.run(() -> {
		});
		assertThat(this.client.listener.signals).containsExactly("open");
		assertThat(this.client.listener.reads).hasValue(0);
		this.client.run(() -> {
			this.client.connection().resumeReading();
			assertThat(this.client.listener.signals).containsExactly("open");
		});
		assertThat(this.client.awaitEnd()).isEqualTo(new Closed(1008, "no", true));
		assertThat(this.client.listener.signals).containsExactly("open", "text a", "text b", "closed");
		assertThat(this.client.listener.reads).hasPositiveValue();
	}

	@Test
	void serverThatClosesBehindItsAnswerIsHeard() throws Exception {
		this.client.open((peer) -> peer.raw(peer.switching().getBytes(), Peer.close(1008, "policy")));
		assertThat(this.client.awaitEnd()).isEqualTo(new Closed(1008, "policy", true));
	}

	@Test
	void refusalKeepsStatusAndHeaders() throws Exception {
		this.client.connect((peer) -> {
			peer.readRequest();
			peer.raw(("HTTP/1.1 401 Unauthorized\r\nRetry-After: 7\r\nWWW-Authenticate: A\r\nwww-authenticate: B\r\n"
					+ "Content-Length: 5\r\n\r\nhello")
				.getBytes());
		});
		HandshakeRefused refused = (HandshakeRefused) this.client.awaitEnd();
		assertThat(refused.status()).isEqualTo(401);
		assertThat(refused.headers()).containsEntry("retry-after", List.of("7"))
			.containsEntry("www-authenticate", List.of("A", "B"));
		assertThat(this.client.listener.signals).containsExactly("closed");
	}

	@ParameterizedTest
	@CsvSource({ "200 OK,200", "302 Found,302", "503 Service Unavailable,503" })
	void otherAnswersAreRefusals(String line, int status) throws Exception {
		this.client.connect((peer) -> {
			peer.readRequest();
			peer.raw(("HTTP/1.1 " + line + "\r\nLocation: /x\r\n\r\n<html></html>").getBytes());
		});
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(HandshakeRefused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(status));
	}

	@Test
	void redirectKeepsItsStatus() throws Exception {
		this.client.connect((peer) -> {
			peer.readRequest();
			peer.raw("HTTP/1.1 307 Temporary Redirect\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n".getBytes());
		});
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(HandshakeRefused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(307));
	}

	@Test
	void wrongAcceptKeyFails() throws Exception {
		this.client.connect((peer) -> peer.raw(peer.switching().replaceAll("Accept: ....", "Accept: AAAA").getBytes()));
		assertHandshakeProblem(Problem.WRONG_ACCEPT_KEY);
	}

	@Test
	void missingSubprotocolFails() throws Exception {
		this.client.subprotocols = List.of("a");
		this.client.connect(Peer::accept);
		assertHandshakeProblem(Problem.MISSING_SUBPROTOCOL);
	}

	@Test
	void unaskedSubprotocolFails() throws Exception {
		this.client.connect((peer) -> peer.accept("Sec-WebSocket-Protocol: x\r\n"));
		assertHandshakeProblem(Problem.UNASKED_SUBPROTOCOL);
	}

	@Test
	void unaskedExtensionFails() throws Exception {
		this.client.connect((peer) -> peer.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n"));
		assertHandshakeProblem(Problem.UNASKED_EXTENSION);
	}

	@Test
	void answerThatIsNotHttpFails() throws Exception {
		this.client.connect((peer) -> {
			peer.readRequest();
			peer.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes());
			peer.awaitEnd();
		});
		assertHandshakeProblem(Problem.MALFORMED);
	}

	@Test
	void endlessHeadersFail() throws Exception {
		this.client.connect((peer) -> {
			peer.readRequest();
			peer.raw("HTTP/1.1 101 Switching Protocols\r\n".getBytes());
			while (true) {
				peer.raw("X-Header: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".getBytes());
			}
		});
		assertHandshakeProblem(Problem.MALFORMED);
	}

	@Test
	void endBeforeTheAnswerFails() throws Exception {
		this.client.connect(Peer::readRequest);
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(ConnectFailed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOf(IOException.class)
					.isNotInstanceOf(WebSocketHandshakeException.class));
	}

	@Test
	void lateAnswerToAnAbortedAttemptIsNotHeard() throws Exception {
		CompletableFuture<Integer> end = new CompletableFuture<>();
		CompletableFuture<Void> asked = new CompletableFuture<>();
		this.client.connect((peer) -> {
			String answer = peer.switching();
			asked.complete(null);
			this.proceed.await();
			peer.raw(answer.getBytes());
			end.complete(peer.in().read());
		});
		asked.get();
		this.client.run(this.client.connection()::abort);
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		this.proceed.countDown();
		assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
		assertThat(this.client.listener.signals).containsExactly("closed");
	}

	@Test
	void abortRightAfterConnectIsHonoured() throws Exception {
		RawServer server = this.client.server(Peer::accept);
		this.client.run(() -> {
			WebSocketConnection connection = this.transport.connect(
					new ConnectRequest(server.url(), Map.of(), List.of(), 100, 100, Duration.ofSeconds(1),
							Duration.ofSeconds(1), null, ProxySettings.NONE, false),
					this.client.executor(), this.client.listener);
			connection.abort();
			assertThat(this.client.listener.signals).isEmpty();
		});
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		assertThat(this.client.listener.signals).containsExactly("closed");
	}

	@Test
	void abortAtAnyMomentIsTheOnlyEnd() throws Exception {
		RawServer server = this.client.server((peer) -> {
			peer.raw(peer.switching().getBytes(), Peer.text("a"));
			peer.awaitEnd();
		});
		List<RecordingListener> listeners = new ArrayList<>();
		for (int i = 0; i < 150; i++) {
			RecordingListener listener = new RecordingListener(() -> {
			});
			listeners.add(listener);
			long delay = TimeUnit.MICROSECONDS.toNanos(i * 20);
			this.client.run(() -> {
				WebSocketConnection connection = this.transport.connect(request(server), this.client.executor(),
						listener);
				this.client.executor().schedule(connection::abort, delay);
			});
		}
		TransportHarness.await().until(() -> listeners.stream().noneMatch((listener) -> listener.causes.isEmpty()));
		this.client.run(() -> {
		});
		assertThat(listeners).allSatisfy((listener) -> {
			assertThat(listener.causes).containsExactly(new Requested());
			assertThat(listener.signals).endsWith("closed").doesNotContain("text a");
		});
	}

	@Test
	void refusedConnectionFails() throws Exception {
		try (ClosedPort port = new ClosedPort()) {
			this.client.connect(URI.create("ws://127.0.0.1:" + port.number()));
			assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(ConnectFailed.class,
					(failed) -> assertThat(failed.failure()).isInstanceOf(IOException.class));
		}
	}

	@Test
	void unknownHostFails() {
		this.client.connect(URI.create("ws://no-such-host.invalid/"));
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(ConnectFailed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOf(UnknownHostException.class));
	}

	private static ConnectRequest request(RawServer server) {
		return new ConnectRequest(server.url(), Map.of(), List.of(), 100, 100, Duration.ofSeconds(1),
				Duration.ofSeconds(1), null, ProxySettings.NONE, false);
	}

	private void assertHandshakeProblem(Problem problem) {
		DisconnectCause cause = this.client.awaitEnd();
		assertThat(cause).isInstanceOfSatisfying(ConnectFailed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOfSatisfying(WebSocketHandshakeException.class,
						(ex) -> assertThat(ex.getProblem()).isEqualTo(problem)));
		assertThat(this.client.listener.signals).containsExactly("closed");
	}

}
