package io.github.resilientws.transport;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.TlsSettings;

/**
 * A client of one connection, and the server it talks to.
 */
public final class TransportHarness implements AutoCloseable {

	public final List<WriteResult> results = new ArrayList<>();

	public final RecordingListener listener;

	public Map<String, String> headers = Map.of();

	public List<String> subprotocols = List.of();

	public int maxMessageSize = 8 * 1024 * 1024;

	public int maxFrameSize = 64 * 1024;

	public Duration connectTimeout = Duration.ofSeconds(10);

	public Duration closeTimeout = Duration.ofSeconds(5);

	public TlsSettings tls;

	public ProxySettings proxy = ProxySettings.NONE;

	public boolean compression;

	public boolean reading = true;

	private final WebSocketTransport transport;

	private final SerialExecutor executor;

	private final AtomicReference<WebSocketConnection> connection = new AtomicReference<>();

	private final List<RawServer> servers = new ArrayList<>();

	public TransportHarness(WebSocketTransport transport) {
		this.transport = transport;
		this.executor = transport.newExecutor();
		this.listener = new RecordingListener(() -> {
			if (this.reading) {
				this.connection.get().resumeReading();
			}
		});
	}

	public SerialExecutor executor() {
		return this.executor;
	}

	public WebSocketConnection connection() {
		return this.connection.get();
	}

	public RawServer server(RawServer.Script script) throws IOException {
		RawServer server = new RawServer(script);
		this.servers.add(server);
		return server;
	}

	public void connect(RawServer.Script script) throws IOException {
		connect(server(script).url());
	}

	public void connect(URI url) {
		ConnectRequest request = new ConnectRequest(url, this.headers, this.subprotocols, this.maxMessageSize,
				this.maxFrameSize, this.connectTimeout, this.closeTimeout, this.tls, this.proxy, this.compression);
		call(() -> {
			this.connection.set(this.transport.connect(request, this.executor, this.listener));
			if (!this.listener.signals.isEmpty()) {
				throw new IllegalStateException("a signal inside connect()");
			}
			return null;
		});
	}

	public void open(RawServer.Script script) throws IOException {
		connect(script);
		awaitSignal("open");
	}

	public <T> T call(Callable<T> task) {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.executor.execute(() -> {
			try {
				result.complete(task.call());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		return result.orTimeout(10, TimeUnit.SECONDS).join();
	}

	public void run(Runnable task) {
		call(() -> {
			task.run();
			return null;
		});
	}

	public void write(OutboundPayload... frames) {
		run(() -> writeInside(List.of(frames)));
	}

	public void writeInside(List<OutboundPayload> frames) {
		connection().write(frames, (written, started, failure) -> {
			if (this.listener.signals.contains("closed") && failure == null) {
				throw new IllegalStateException("a result after the terminal signal");
			}
			this.results.add(new WriteResult(frames.size(), written, started, failure));
		});
	}

	/** The kernel's buffers fill up for some time: no signal says when they are full. */
	public void awaitFullSocket() {
		AtomicLong before = new AtomicLong(-1);
		await().during(Duration.ofMillis(200)).until(() -> {
			long now = call(connection()::getBytesTaken);
			return before.getAndSet(now) == now;
		});
	}

	public List<WriteResult> results() {
		return call(() -> List.copyOf(this.results));
	}

	/**
	 * Return a factory that ignores what other threads throw: a thread of a container may
	 * be in the middle of a pong when its connection is aborted, also after its test.
	 * @return the factory
	 */
	public static ConditionFactory await() {
		return Awaitility.await()
			.dontCatchUncaughtExceptions()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5));
	}

	public void awaitSignal(String signal) {
		await().until(() -> this.listener.signals.contains(signal));
	}

	public DisconnectCause awaitEnd() {
		await().until(() -> !this.listener.causes.isEmpty());
		return this.listener.causes.get(0);
	}

	@Override
	public void close() throws Exception {
		if (connection() != null) {
			run(connection()::abort);
			await().until(() -> !this.listener.causes.isEmpty());
		}
		for (RawServer server : this.servers) {
			server.close();
		}
	}

	public static OutboundPayload text(String text) {
		return new SimpleFrame(true, text.getBytes(StandardCharsets.UTF_8));
	}

	public static OutboundPayload binary(byte[] bytes) {
		return new SimpleFrame(false, bytes);
	}

	/** A frame to send. */
	public record SimpleFrame(boolean isText, byte[] payload) implements OutboundPayload {

	}

	/** The result of a write. */
	public record WriteResult(int frames, int written, int started, Throwable failure) {

	}

}
