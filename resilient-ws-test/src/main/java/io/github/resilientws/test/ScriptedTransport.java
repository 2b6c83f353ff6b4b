package io.github.resilientws.test;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * A transport without sockets, in virtual time: the test plays the server. Attempts
 * succeed at once unless they are scripted.
 *
 * <pre>{@code
 * ScriptedTransport transport = new ScriptedTransport();
 * ResilientWebSocketClient client = transport.newClient("chat").build();
 * transport.failWith(new DisconnectCause.HandshakeRefused(503, Map.of()));
 * client.connect();
 * transport.executor().advance(Duration.ofSeconds(1)); // the second attempt
 * }</pre>
 *
 * @since 0.1
 */
public final class ScriptedTransport implements WebSocketTransport {

	private final VirtualExecutor executor;

	private final List<ScriptedConnection> connections = new CopyOnWriteArrayList<>();

	private volatile Consumer<ScriptedConnection> script = ScriptedConnection::open;

	/**
	 * Create a transport with its own executor.
	 */
	public ScriptedTransport() {
		this(new VirtualExecutor());
	}

	/**
	 * Create a transport.
	 * @param executor executor of all clients
	 */
	public ScriptedTransport(VirtualExecutor executor) {
		this.executor = executor;
	}

	/**
	 * Create the builder of a client that uses this transport and its time.
	 * @param name name of the client
	 * @return a builder with default settings
	 */
	public ResilientWebSocketClient.Builder newClient(String name) {
		return ResilientWebSocketClient.builder(name, URI.create("ws://localhost/"))
			.component(WebSocketTransport.class, this)
			.component(InstantSource.class, this.executor.clock());
	}

	/**
	 * Let each next attempt succeed at once.
	 * @return this
	 */
	public ScriptedTransport autoOpen() {
		return script(ScriptedConnection::open);
	}

	/**
	 * Let each next attempt fail at once.
	 * @param cause cause of the failure
	 * @return this
	 */
	public ScriptedTransport failWith(DisconnectCause cause) {
		return script((connection) -> connection.refuse(cause));
	}

	/**
	 * Leave each next attempt to the test.
	 * @return this
	 */
	public ScriptedTransport pending() {
		return script((connection) -> {
		});
	}

	/**
	 * Run a script for each next attempt.
	 * @param script called on the executor, after {@code connect} has returned
	 * @return this
	 */
	public ScriptedTransport script(Consumer<ScriptedConnection> script) {
		this.script = script;
		return this;
	}

	/**
	 * Return the executor.
	 * @return the executor of all clients
	 */
	public VirtualExecutor executor() {
		return this.executor;
	}

	/**
	 * Return all attempts.
	 * @return a copy, in order
	 */
	public List<ScriptedConnection> connections() {
		return List.copyOf(this.connections);
	}

	/**
	 * Return the newest attempt.
	 * @return the newest attempt
	 * @throws IllegalStateException if there was none
	 */
	public ScriptedConnection lastConnection() {
		List<ScriptedConnection> all = connections();
		if (all.isEmpty()) {
			throw new IllegalStateException("no client has connected");
		}
		return all.get(all.size() - 1);
	}

	@Override
	public SerialExecutor newExecutor() {
		return this.executor;
	}

	@Override
	public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor, ConnectionListener listener) {
		ScriptedConnection connection = new ScriptedConnection(request, this.executor, listener);
		this.connections.add(connection);
		Consumer<ScriptedConnection> script = this.script;
		this.executor.execute(() -> script.accept(connection));
		return connection;
	}

	@Override
	public void close() {
		this.connections.forEach((connection) -> this.executor.execute(connection::abort));
	}

}
