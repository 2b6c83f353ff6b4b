package io.github.resilientws.scenario;

import java.net.URI;
import java.util.List;

import io.github.resilientws.test.TestWebSocketServer;

/**
 * The server of the test kit.
 */
final class TestKitServer implements Server {

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@Override
	public URI url() {
		return this.server.url();
	}

	@Override
	public void stop(Kick how) {
		switch (how) {
			case FIN -> this.server.open().fin();
			case RST -> this.server.open().reset();
			default -> {
				this.server.open().close(how.code(), "restart");
				this.server.seen().awaitConnections(0, Scenario.LIMIT);
			}
		}
		this.server.stop();
	}

	@Override
	public void restart() {
		this.server.restart();
	}

	@Override
	public void goSilent() {
		this.server.open().goSilent();
	}

	@Override
	public void stopReading() {
		this.server.open().stopReading();
	}

	@Override
	public void push(String text) {
		this.server.open().push(text);
	}

	@Override
	public List<String> texts() {
		return this.server.seen().texts();
	}

	@Override
	public int textCount() {
		return (int) this.server.seen().textCount();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
