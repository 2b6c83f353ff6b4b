package io.github.resilientws.sample.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A peer of the demo server that is independent of this project: the JDK's WebSocket.
 */
final class TestPeer implements WebSocket.Listener {

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> end = new LinkedBlockingQueue<>();

	private final StringBuilder partial = new StringBuilder();

	private final WebSocket socket;

	private TestPeer(int port, String path) {
		this.socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.connectTimeout(Duration.ofSeconds(5))
			.buildAsync(URI.create("ws://localhost:" + port + path), this)
			.join();
	}

	static TestPeer connect(int port, String path) {
		return new TestPeer(port, path);
	}

	TestPeer login(Tokens tokens, String room) throws InterruptedException {
		send("{\"type\":\"AUTH\",\"token\":\"" + tokens.issue() + "\"}");
		next();
		send("{\"type\":\"JOIN\",\"room\":\"" + room + "\"}");
		// a message to the room may arrive before the answer
		String answer = next();
		while (!answer.contains("\"JOINED\"") && !answer.equals("null")) {
			answer = next();
		}
		return this;
	}

	void send(String text) {
		this.socket.sendText(text, true).join();
	}

	void ping() {
		this.socket.sendPing(ByteBuffer.allocate(4)).join();
	}

	String next() throws InterruptedException {
		return String.valueOf(this.received.poll(5, TimeUnit.SECONDS));
	}

	String nothingFor(Duration time) throws InterruptedException {
		return String.valueOf(this.received.poll(time.toMillis(), TimeUnit.MILLISECONDS));
	}

	String end() throws InterruptedException {
		return String.valueOf(this.end.poll(5, TimeUnit.SECONDS));
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		if (last) {
			this.received.add(this.partial.toString());
			this.partial.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
		this.received.add("pong");
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.end.add(statusCode + " " + reason);
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.end.add("error");
	}

}
