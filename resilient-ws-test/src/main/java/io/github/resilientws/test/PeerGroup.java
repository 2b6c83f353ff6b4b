package io.github.resilientws.test;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Several connections as one peer.
 */
final class PeerGroup implements BehaviorPeer {

	private final Supplier<List<ServerConnection>> members;

	private final Consumer<UnaryOperator<ConnectionBehavior>> behavior;

	PeerGroup(Supplier<List<ServerConnection>> members, Consumer<UnaryOperator<ConnectionBehavior>> behavior) {
		this.members = members;
		this.behavior = behavior;
	}

	@Override
	public void change(UnaryOperator<ConnectionBehavior> change) {
		this.behavior.accept(change);
	}

	@Override
	public void sendRaw(byte[] bytes) {
		this.members.get().forEach((one) -> one.sendRaw(bytes));
	}

	@Override
	public void close(int code, String reason) {
		this.members.get().forEach((one) -> one.close(code, reason));
	}

	@Override
	public void reset() {
		this.members.get().forEach(ServerConnection::reset);
	}

	@Override
	public void fin() {
		this.members.get().forEach(ServerConnection::fin);
	}

	@Override
	public void halfClose() {
		this.members.get().forEach(ServerConnection::halfClose);
	}

}
