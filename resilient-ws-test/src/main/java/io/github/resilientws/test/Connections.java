package io.github.resilientws.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The connections that have not ended, and the modes of those to come. Guarded by its own
 * monitor.
 */
final class Connections {

	private final List<ServerConnection> live = new ArrayList<>();

	private Modes future = Modes.NORMAL;

	synchronized void add(ServerConnection connection) {
		this.live.add(connection);
		connection.change((modes) -> this.future);
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
			.orElseThrow(() -> new IllegalStateException("connection " + number + " is not there"));
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

	void forgetModes() {
		changeAll((modes) -> Modes.NORMAL);
	}

	private synchronized void changeLive(UnaryOperator<Modes> change) {
		this.live.forEach((one) -> one.change(change));
	}

	private synchronized void changeAll(UnaryOperator<Modes> change) {
		this.future = change.apply(this.future);
		changeLive(change);
	}

}
