package io.github.resilientws.test;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WriteListener;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptedTransportTests {

	private final List<String> signals = new ArrayList<>();

	private Map<String, List<String>> headers = Map.of();

	private final ScriptedTransport transport = new ScriptedTransport();

	private final WriteListener write = (written, started, failure) -> this.signals
		.add("written " + written + "/" + started + ((failure != null) ? " failed" : ""));

	@Test
	void opensByItselfAndReadsWhenAsked() {
		ScriptedConnection connection = connect();
		connection.text("early");
		assertThat(this.signals).containsExactly("connected", "open");
		on(connection::resumeReading);
		connection.bytes();
		on(connection::suspendReading);
		connection.text("late");
		assertThat(this.signals).containsExactly("connected", "open", "read", "text early", "read");
		assertThat(connection.isReading()).isFalse();
	}

	@Test
	void headersOfTheAnswerArePassedOn() {
		this.transport.pending();
		connect().open(Map.of("Set-Cookie", List.of("a=1")));
		assertThat(this.headers.get("set-cookie")).containsExactly("a=1");
	}

	@Test
	void failsOrWaitsAsScripted() {
		this.transport.failWith(new DisconnectCause.HeartbeatLost());
		connect().open();
		this.transport.pending().executor().advance(Duration.ofSeconds(3));
		ScriptedConnection connection = connect();
		assertThat(this.signals).containsExactly("connected", "closed HeartbeatLost[]", "connected");
		assertThat(connection.at()).isEqualTo(Duration.ofSeconds(3));
		connection.open();
		connection.open();
		assertThat(this.signals).endsWith("connected", "open");
		assertThat(this.transport.connections()).hasSize(2);
	}

	@Test
	void neverOpensAfterAnAbort() {
		this.transport.pending();
		ScriptedConnection connection = connect();
		on(connection::abort);
		connection.open();
		connection.lose(1006);
		on(connection::abort);
		assertThat(this.signals).containsExactly("connected", "closed Requested[]");
		assertThat(connection.isAborted()).isTrue();
	}

	@Test
	void reportsTheResultsOfWritesBeforeTheEnd() {
		ScriptedConnection connection = connect();
		on(() -> connection.write(List.of(frame("a"), frame("b")), this.write));
		connection.holdWrites();
		on(() -> {
			connection.write(List.of(frame("c")), this.write);
			connection.write(List.of(frame("d"), frame("e")), this.write);
		});
		connection.failHeldWrite(0, 1, new IllegalStateException());
		on(() -> {
			connection.lose(1011);
			connection.abort();
			connection.write(List.of(frame("f")), this.write);
		});
		on(() -> connection.write(List.of(frame("g")), this.write));
		assertThat(this.signals).containsExactly("connected", "open", "written 2/2", "written 0/1 failed",
				"written 0/0 failed", "written 0/0 failed", "closed Requested[]", "written 0/0 failed");
		assertThat(connection.sentTexts()).containsExactly("a", "b", "c", "d", "e");
		assertThat(connection.writeSizes()).containsExactly(2, 1, 2);
	}

	@Test
	void answersPingsAndBecomesWritable() {
		ScriptedConnection connection = connect();
		on(connection::resumeReading);
		on(() -> connection.ping("7".getBytes(StandardCharsets.UTF_8), this.write));
		connection.pong();
		connection.setWritable(false);
		assertThat(connection.isWritable()).isFalse();
		connection.setWritable(true);
		connection.setWritable(true);
		assertThat(this.signals).containsExactly("connected", "open", "written 1/1", "read", "pong 7", "writable");
	}

	@Test
	void socketTakesBytesOfCompletedWritesAndAsScripted() {
		ScriptedConnection connection = connect();
		on(() -> connection.write(List.of(frame("abc"), frame("de")), this.write));
		assertThat(connection.getBytesTaken()).isEqualTo(5);
		connection.holdWrites();
		on(() -> connection.write(List.of(frame("f")), this.write));
		assertThat(connection.getBytesTaken()).isEqualTo(5);
		connection.takesBytes(1000);
		assertThat(connection.getBytesTaken()).isEqualTo(1005);
		connection.releaseWrites();
		assertThat(connection.getBytesTaken()).isEqualTo(1006);
	}

	@Test
	void closesAfterTheWritesOrAtTheTimeOut() {
		ScriptedConnection answered = connect();
		answered.holdWrites();
		on(() -> answered.write(List.of(frame("a")), this.write));
		on(() -> answered.close(1000, ""));
		answered.text("late");
		answered.releaseWrites();
		assertThat(this.signals).containsExactly("connected", "open", "read", "text late", "written 1/1",
				"closed Requested[]");
		assertThat(answered.closeCode()).isEqualTo(1000);
		this.signals.clear();
		ScriptedConnection ignored = connect();
		ignored.ignoreClose();
		on(() -> ignored.close(1001, ""));
		assertThat(this.signals).containsExactly("connected", "open");
		this.transport.executor().advance(Duration.ofSeconds(5));
		assertThat(this.signals).endsWith("closed Requested[]");
		assertThat(this.transport.executor().pendingTimers()).isZero();
	}

	@Test
	void closingAbortsOpenConnections() {
		connect();
		this.transport.close();
		assertThat(this.signals).endsWith("closed Requested[]");
	}

	private ScriptedConnection connect() {
		ConnectRequest request = new ConnectRequest(URI.create("ws://host/"), Map.of(), List.of(), 1024, 1024,
				Duration.ofSeconds(10), Duration.ofSeconds(5), null, ProxySettings.NONE, false);
		on(() -> {
			this.transport.connect(request, this.transport.newExecutor(), new Listener());
			this.signals.add("connected");
		});
		return this.transport.lastConnection();
	}

	private void on(Runnable task) {
		this.transport.executor().execute(task);
	}

	private static OutboundPayload frame(String text) {
		return new OutboundPayload() {

			@Override
			public boolean isText() {
				return true;
			}

			@Override
			public byte[] payload() {
				return text.getBytes(StandardCharsets.UTF_8);
			}

		};
	}

	private final class Listener implements ConnectionListener {

		@Override
		public void onOpen(Map<String, List<String>> responseHeaders) {
			ScriptedTransportTests.this.headers = responseHeaders;
			signal("open");
		}

		@Override
		public void onRead() {
			signal("read");
		}

		@Override
		public void onText(String text) {
			signal("text " + text);
		}

		@Override
		public void onBinary(ByteBuffer bytes) {
			signal("binary " + bytes.remaining());
		}

		@Override
		public void onPong(ByteBuffer payload) {
			signal("pong " + StandardCharsets.UTF_8.decode(payload));
		}

		@Override
		public void onWritable() {
			signal("writable");
		}

		@Override
		public void onClosed(DisconnectCause cause) {
			signal("closed " + cause);
		}

		private void signal(String what) {
			assertThat(ScriptedTransportTests.this.transport.executor().inExecutor()).isTrue();
			ScriptedTransportTests.this.signals.add(what);
		}

	}

}
