package io.github.resilientws.internal.framing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of a frame whose receiver suspends reading after each of them.
 */
class FramedListenerTests {

	private final ScriptedTransport transport = new ScriptedTransport().autoOpen();

	private final RecordingListener receiver = new RecordingListener(() -> {
	}) {

		@Override
		public void onText(String text) {
			super.onText(text);
			FramedListenerTests.this.listener.suspendReading();
		}

	};

	private final FramedListener listener = new FramedListener("chat", new FrameDecoder(null, ",", null), this.receiver,
			new InternalFailures("chat", this.transport.executor()));

	@BeforeEach
	void receiveTheFirstMessage() {
		execute(() -> this.listener.setSocket(this.transport.connect(
				new ConnectRequest(URI.create("ws://localhost/"), Map.of(), List.of(), 100, 100, Duration.ofSeconds(1),
						Duration.ofSeconds(1), null, ProxySettings.NONE, false),
				this.transport.executor(), this.listener)));
		execute(this.listener::resumeReading);
		this.transport.lastConnection().text("1,2,3");
		assertThat(this.receiver.signals).containsExactly("open", "text 1");
	}

	@Test
	void theNextMessageWaitsUntilReadingIsResumed() {
		execute(this.listener::resumeReading);
		assertThat(this.receiver.signals).containsExactly("open", "text 1", "text 2");
		assertThat(this.transport.lastConnection().isReading()).isFalse();
	}

	@Test
	void messagesThatWaitArePassedOnBeforeTheEndOfTheConnection() {
		this.transport.lastConnection().lose(1006);
		assertThat(this.receiver.signals).containsExactly("open", "text 1", "text 2", "text 3", "closed");
	}

	@Test
	void messagesThatWaitArePassedOnDuringTheClosingHandshake() {
		execute(this.listener::closing);
		assertThat(this.receiver.signals).containsExactly("open", "text 1", "text 2", "text 3");
	}

	private void execute(Runnable task) {
		this.transport.executor().execute(task);
	}

}
