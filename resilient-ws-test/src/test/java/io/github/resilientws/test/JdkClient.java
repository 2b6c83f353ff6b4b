package io.github.resilientws.test;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's WebSocket client. It remembers the messages that it received.
 */
final class JdkClient implements WebSocket.Listener {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final List<String> texts = new CopyOnWriteArrayList<>();

	private final List<String> pongs = new CopyOnWriteArrayList<>();

	private final CompletableFuture<String> end = new CompletableFuture<>();

	private final StringBuilder partial = new StringBuilder();

	private final CompletableFuture<WebSocket> opening;

	private JdkClient(TestWebSocketServer server, String... subprotocols) {
		WebSocket.Builder builder = HTTP.newWebSocketBuilder().header("X-Test", "yes");
		if (subprotocols.length > 0) {
			builder.subprotocols(subprotocols[0]);
		}
		this.opening = builder.buildAsync(server.url().resolve("/path?query=1"), this);
	}

	static JdkClient connecting(TestWebSocketServer server, String... subprotocols) {
		return new JdkClient(server, subprotocols);
	}

	static JdkClient connect(TestWebSocketServer server, String... subprotocols) {
		JdkClient client = connecting(server, subprotocols);
		client.socket();
		return client;
	}

	CompletableFuture<WebSocket> opening() {
		return this.opening;
	}

	WebSocket socket() {
		return this.opening.orTimeout(5, TimeUnit.SECONDS).join();
	}

	void send(String text) {
		socket().sendText(text, true).join();
	}

	List<String> texts() {
		return this.texts;
	}

	List<String> pongs() {
		return this.pongs;
	}

	String end() {
		return this.end.orTimeout(5, TimeUnit.SECONDS).join();
	}

	boolean ended() {
		return this.end.isDone();
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		if (last) {
			this.texts.add(this.partial.toString());
			this.partial.setLength(0);
		}
		webSocket.request(1);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
		this.pongs.add(new String(message.array(), message.position(), message.remaining()));
		webSocket.request(1);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.end.complete(statusCode + reason);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.end.complete("error " + error);
	}

}
