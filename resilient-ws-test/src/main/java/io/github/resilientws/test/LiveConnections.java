package io.github.resilientws.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The live connections, and the behaviour of later ones. Guarded by its own monitor.
 */
final class LiveConnections {

	private final List<ServerConnection> live = new ArrayList<>();

	private ConnectionBehavior future = ConnectionBehavior.NORMAL;

	synchronized void add(ServerConnection connection) {
		this.live.add(connection);
		connection.change((behavior) -> this.future);
	}

	synchronized void remove(ServerConnection connection) {
		this.live.remove(connection);
	}

	synchronized List<ServerConnection> live() {
		return List.copyOf(this.live);
	}

	Peer open() {
		return new PeerGroup(this::live, this::changeLive);
	}

	Peer all() {
		return new PeerGroup(this::live, this::changeAll);
	}

	synchronized Peer number(int number) {
		return this.live.stream()
			.filter((one) -> one.number() == number)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("connection " + number + " does not exist or has ended"));
	}

	synchronized Peer last() {
		return this.live.stream()
			.filter(ServerConnection::isOpen)
			.reduce((first, second) -> second)
			.orElseThrow(() -> new IllegalStateException("no open connection"));
	}

	void end() {
		live().forEach(ServerConnection::fin);
		live().forEach(ServerConnection::end);
	}

	void resetBehavior() {
		changeAll((behavior) -> ConnectionBehavior.NORMAL);
	}

	private synchronized void changeLive(UnaryOperator<ConnectionBehavior> change) {
		this.live.forEach((one) -> one.change(change));
	}

	private synchronized void changeAll(UnaryOperator<ConnectionBehavior> change) {
		this.future = change.apply(this.future);
		changeLive(change);
	}

}
