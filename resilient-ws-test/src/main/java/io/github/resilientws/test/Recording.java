package io.github.resilientws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.resilientws.test.ReceivedMessage.Kind;

/**
 * Everything that a server saw. Lists are copies.
 */
public final class Recording {

	private static final int SHOWN = 20;

	private final LongSupplier clock;

	private final List<ReceivedHandshake> handshakes = new ArrayList<>();

	private final List<ReceivedMessage> received = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private boolean countOnly;

	private long textCount;

	private int accepted;

	private int open;

	Recording(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Return the requests of opening handshakes.
	 * @return the requests, in order
	 */
	public synchronized List<ReceivedHandshake> handshakes() {
		return List.copyOf(this.handshakes);
	}

	/**
	 * Return everything that came after the handshakes. Each connection has a thread of
	 * its own: what was left in a lost one may be read after the first messages of the
	 * next.
	 * @return messages, pings, pongs and close frames, in the order in which they were
	 * read; those of one connection in the order in which they were sent
	 */
	public synchronized List<ReceivedMessage> received() {
		return List.copyOf(this.received);
	}

	/**
	 * Return the text messages.
	 * @return the texts, in order
	 */
	public synchronized List<String> texts() {
		return this.received.stream().filter((one) -> one.kind() == Kind.TEXT).map(ReceivedMessage::text).toList();
	}

	/**
	 * Return what is of one kind.
	 * @param kind the kind
	 * @return what is of it, in order
	 */
	public synchronized List<ReceivedMessage> received(Kind kind) {
		return this.received.stream().filter((one) -> one.kind() == kind).toList();
	}

	/**
	 * Return the pings.
	 * @return the pings, in order
	 */
	public List<ReceivedMessage> pings() {
		return received(Kind.PING);
	}

	/**
	 * Return the codes of close frames.
	 * @return the codes, 1005 for none
	 */
	public List<Integer> closes() {
		return received(Kind.CLOSE).stream().map(ReceivedMessage::code).toList();
	}

	/**
	 * Return how the clients broke RFC 6455.
	 * @return descriptions, empty if all is well
	 */
	public synchronized List<String> violations() {
		return List.copyOf(this.violations);
	}

	/**
	 * Return the number of text messages; also counted by {@link #countOnly()}.
	 * @return the number
	 */
	public synchronized long textCount() {
		return this.textCount;
	}

	/**
	 * Return the number of TCP connections accepted.
	 * @return the number, since the server was made
	 */
	public synchronized int accepted() {
		return this.accepted;
	}

	/**
	 * Return the number of connections that are open now.
	 * @return connections whose handshake was accepted and that have not ended
	 */
	public synchronized int connectionCount() {
		return this.open;
	}

	/**
	 * From now on only count data messages, for floods.
	 */
	public synchronized void countOnly() {
		this.countOnly = true;
	}

	/**
	 * Forget messages, handshakes, violations and the count of texts.
	 */
	public synchronized void clear() {
		this.handshakes.clear();
		this.received.clear();
		this.violations.clear();
		this.textCount = 0;
	}

	/**
	 * Wait until so many connections are open.
	 * @param number the number, exactly
	 * @param limit longest wait
	 * @throws AssertionError if it did not happen; says what was there
	 */
	public void awaitConnections(int number, Duration limit) {
		await(number + " open connections", limit, () -> this.open == number);
	}

	/**
	 * Wait until so many opening handshakes were asked for.
	 * @param number the number, at least
	 * @param limit longest wait
	 * @throws AssertionError if it did not happen; says what was there
	 */
	public void awaitHandshakes(int number, Duration limit) {
		await(number + " handshakes", limit, () -> this.handshakes.size() >= number);
	}

	/**
	 * Wait for a text message.
	 * @param text the message
	 * @param limit longest wait
	 * @throws AssertionError if it did not come; says what was there
	 */
	public void awaitText(String text, Duration limit) {
		await("text '" + text + "'", limit, () -> texts().contains(text));
	}

	/**
	 * Wait for so many text messages.
	 * @param number the number, at least
	 * @param limit longest wait
	 * @throws AssertionError if they did not come; says what was there
	 */
	public void awaitTexts(long number, Duration limit) {
		await(number + " texts", limit, () -> this.textCount >= number);
	}

	/**
	 * Wait for a kind of frame.
	 * @param kind the kind
	 * @param number how many, at least
	 * @param limit longest wait
	 * @throws AssertionError if they did not come; says what was there
	 */
	public void awaitReceived(Kind kind, int number, Duration limit) {
		await(number + " of " + kind, limit, () -> received(kind).size() >= number);
	}

	synchronized void reset() {
		clear();
		this.countOnly = false;
	}

	@Override
	public synchronized String toString() {
		int size = this.received.size();
		return this.open + " open of " + this.accepted + " accepted, " + this.handshakes.size() + " handshakes, "
				+ this.textCount + " texts, last received " + this.received.subList(Math.max(0, size - SHOWN), size)
				+ ", violations " + this.violations;
	}

	synchronized int accept() {
		return ++this.accepted;
	}

	synchronized void opened(int change) {
		this.open += change;
	}

	synchronized void add(ReceivedHandshake handshake) {
		this.handshakes.add(handshake);
	}

	synchronized void add(ReceivedMessage message) {
		this.textCount += (message.kind() == Kind.TEXT) ? 1 : 0;
		if (!this.countOnly || message.kind().isControl()) {
			this.received.add(message);
		}
	}

	synchronized void violation(int connection, String what) {
		this.violations.add("connection " + connection + ": " + what);
	}

	long now() {
		return this.clock.getAsLong();
	}

	private synchronized void await(String what, Duration limit, BooleanSupplier there) {
		long end = this.clock.getAsLong() + limit.toNanos();
		while (!there.getAsBoolean()) {
			if (this.clock.getAsLong() - end >= 0) {
				throw new AssertionError("no " + what + " within " + limit + ": " + this);
			}
			try {
				// Short naps instead of a notification a frame: floods stay fast.
				wait(2);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError("interrupted waiting for " + what, ex);
			}
		}
	}

}
