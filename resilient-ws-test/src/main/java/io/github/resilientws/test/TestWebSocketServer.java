package io.github.resilientws.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A WebSocket server on a loopback port for tests. One line each scripts the next
 * handshakes ({@link #always()}, {@link #once()}, {@link #next(int)}), connections
 * ({@link #open()}, {@link #all()}, {@link #last()}) and answers ({@link #on(String)});
 * {@link #seen()} returns everything that was received.
 *
 * <pre>{@code
 * try (TestWebSocketServer server = TestWebSocketServer.start()) {
 *     server.once().refuse(503);
 *     server.on("/type = login").reply("{\"type\":\"welcome\"}");
 *     client.connect(); // to server.url()
 *     server.seen().awaitConnections(1, Duration.ofSeconds(5));
 *     server.last().reset();
 * }
 * }</pre> All methods may be called from any thread.
 *
 * @since 0.1
 */
public final class TestWebSocketServer implements AutoCloseable {

	private static final Pattern PING = Pattern.compile("\"type\"\\s*:\\s*\"PING\"");

	private static final long TICK_MILLIS = 10;

	private final ServerContext context;

	private final Acceptor acceptor;

	private final Consumer<TestWebSocketServer> script;

	private final List<Future<?>> kicks = new CopyOnWriteArrayList<>();

	private TestWebSocketServer(boolean smallBuffers, Consumer<TestWebSocketServer> script) {
		this.script = script;
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "test-ws-timer");
			thread.setDaemon(true);
			return thread;
		});
		this.context = new ServerContext(new Recording(System::nanoTime), new HandshakeAnswers(), new ReplyRules(),
				new LiveConnections(), timer);
		this.acceptor = new Acceptor(this.context, smallBuffers);
	}

	/**
	 * Start a server on an ephemeral port. It accepts handshakes and answers pings.
	 * @return the server
	 */
	public static TestWebSocketServer start() {
		return start((server) -> {
		});
	}

	/**
	 * Start a server that a script prepares, now and at each {@link #reset()}, for
	 * example with answers that a client needs to become ready.
	 * @param script prepares the server; called before a client can connect
	 * @return the server
	 */
	public static TestWebSocketServer start(Consumer<TestWebSocketServer> script) {
		TestWebSocketServer server = new TestWebSocketServer(false, script);
		script.accept(server);
		server.acceptor.start();
		return server;
	}

	/**
	 * Start a server with socket buffers of 8 KB, for tests that fill the buffers.
	 * @return the server
	 */
	public static TestWebSocketServer startWithSmallBuffers() {
		TestWebSocketServer server = new TestWebSocketServer(true, (plain) -> {
		});
		server.acceptor.start();
		return server;
	}

	/**
	 * Return the URL of the server.
	 * @return {@code ws://127.0.0.1:port/}
	 */
	public URI url() {
		return URI.create("ws://127.0.0.1:" + port() + "/");
	}

	/**
	 * Return the port.
	 * @return the port, the same after a restart
	 */
	public int port() {
		return this.acceptor.port();
	}

	/**
	 * Stop listening and end all connections (FIN, without a close frame). Connects are
	 * refused until {@link #restart()}; the server keeps the port.
	 */
	public void stop() {
		this.acceptor.stop(true);
		this.context.connections().end();
	}

	/**
	 * Listen again on the same port. Scripts and observations are kept.
	 */
	public void restart() {
		this.acceptor.start();
	}

	/**
	 * Return to the state after the start: scripts and recording are forgotten, the
	 * behaviour of connections is normal again, and a stopped server listens. Open
	 * connections stay open.
	 */
	public void reset() {
		this.kicks.forEach((kick) -> kick.cancel(false));
		this.kicks.clear();
		this.context.plan().clear();
		this.context.connections().resetBehavior();
		this.context.replies().rewrite(() -> this.script.accept(this));
		this.context.recording().reset();
		restart();
	}

	/**
	 * End the server and its connections.
	 */
	@Override
	public void close() {
		this.acceptor.stop(false);
		this.context.connections().end();
		this.context.timer().shutdownNow();
	}

	/**
	 * Script every handshake that {@link #next(int)} does not script.
	 * @return the script
	 */
	public HandshakeScript always() {
		return new HandshakeScript(this.context.plan()::always, this);
	}

	/**
	 * Script the next handshake that has no script yet.
	 * @return the script
	 */
	public HandshakeScript once() {
		return next(1);
	}

	/**
	 * Script the next handshakes that have no script yet.
	 * @param number number of handshakes
	 * @return the script
	 */
	public HandshakeScript next(int number) {
		return new HandshakeScript((answer) -> this.context.plan().next(number, answer), this);
	}

	/**
	 * Refuse every handshake that {@link #next(int)} does not script, until
	 * {@code always().accept()} or {@link #reset()}. Open connections stay open.
	 * @param status status of the answer
	 * @param headers names and values in turn
	 * @return the server
	 */
	public TestWebSocketServer refuse(int status, String... headers) {
		return always().refuse(status, headers);
	}

	/**
	 * Send a text to the connections that are open now.
	 * @param text the text
	 */
	public void push(String text) {
		open().push(text);
	}

	/**
	 * Return the live connections as one peer. Each of its methods applies to the
	 * connections that are live at the time of the call.
	 * @return the peer
	 */
	public Peer open() {
		return this.context.connections().open();
	}

	/**
	 * Return all connections as one peer. Each of its methods applies to the connections
	 * that are live at the time of the call; behaviour such as {@link Peer#goSilent()}
	 * applies to later connections, too.
	 * @return the peer
	 */
	public Peer all() {
		return this.context.connections().all();
	}

	/**
	 * Return the newest open connection.
	 * @return the connection
	 * @throws IllegalStateException if none is open
	 */
	public Peer last() {
		return this.context.connections().last();
	}

	/**
	 * Return a connection.
	 * @param number its number, from 1 in order of acceptance
	 * @return the connection
	 * @throws IllegalStateException if it has ended
	 */
	public Peer connection(int number) {
		return this.context.connections().number(number);
	}

	/**
	 * Script the answer to texts. The first rule that fits applies.
	 * @param matcher matcher of the texts, as in configuration: {@code /type = login},
	 * {@code ~regex}, or the whole text
	 * @return the script
	 * @throws io.github.resilientws.settings.InvalidSettingException if the matcher is
	 * wrong
	 */
	public ReplyScript on(String matcher) {
		return on(new TextMatcher(matcher));
	}

	/**
	 * Script the answer to texts. The first rule that fits applies.
	 * @param when recognises the texts
	 * @return the script
	 */
	public ReplyScript on(Predicate<String> when) {
		return new ReplyScript(when, this.context.replies(), this);
	}

	/**
	 * Answer {@code {"type":"PING"}} with {@code {"type":"PONG"}}.
	 * @return the server
	 */
	public TestWebSocketServer answerPings() {
		return on((text) -> PING.matcher(text).find()).reply("{\"type\":\"PONG\"}");
	}

	/**
	 * Acknowledge each text with a JSON field {@code id} by
	 * {@code {"type":"ack","messageId":<id>}}.
	 * @return the server
	 */
	public TestWebSocketServer answerAcks() {
		return acknowledge().all();
	}

	/**
	 * Script the acknowledgements of messages: late, never, or only of later copies. The
	 * first rule that fits applies, so call {@link #forgetReplies()} before another
	 * script.
	 * @return the script
	 */
	public AcknowledgementScript acknowledge() {
		return new AcknowledgementScript(this, this.context.timer());
	}

	/**
	 * Echo every message that no rule answers.
	 * @return the server
	 */
	public TestWebSocketServer echo() {
		this.context.replies().echo();
		return this;
	}

	/**
	 * Forget all rules about answers, and echo.
	 * @return the server
	 */
	public TestWebSocketServer forgetReplies() {
		this.context.replies().clear();
		return this;
	}

	/**
	 * Close connections that sent no frame for a while.
	 * @param silence longest time without a frame
	 * @param code close code
	 * @return the server
	 */
	public TestWebSocketServer kickAfterSilence(Duration silence, int code) {
		this.kicks.add(this.context.timer().scheduleWithFixedDelay(() -> {
			long moment = this.context.recording().now() - silence.toNanos();
			this.context.connections()
				.live()
				.stream()
				.filter((one) -> one.isSilentSince(moment))
				.forEach((one) -> one.close(code, "silent"));
		}, 0, TICK_MILLIS, TimeUnit.MILLISECONDS));
		return this;
	}

	/**
	 * Return everything that the server received.
	 * @return the live recording
	 */
	public Recording seen() {
		return this.context.recording();
	}

}
