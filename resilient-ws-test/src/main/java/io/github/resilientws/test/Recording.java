package io.github.resilientws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.resilientws.test.ReceivedMessage.Kind;

/**
 * Everything that a server received. Lists are copies.
 *
 * <pre>{@code
 * server.seen().awaitText("hello", Duration.ofSeconds(5));
 * assertThat(server.seen().violations()).isEmpty();
 * }</pre>
 *
 * @since 0.1
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
	 * Return everything that was received after the handshakes. Each connection has its
	 * own thread: the last messages of a lost connection may be read after the first ones
	 * of the next.
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
	 * Return the messages or frames of one kind.
	 * @param kind the kind
	 * @return those of this kind, in order
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
	 * Return the violations of RFC 6455 by clients.
	 * @return descriptions, empty without a violation
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
	 * @return the number since the server was started
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
	 * From now on only count data messages, for tests with very many.
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
	 * Wait until a number of connections is open.
	 * @param number the exact number
	 * @param limit longest wait
	 * @throws AssertionError after the limit; the message lists everything received
	 */
	public void awaitConnections(int number, Duration limit) {
		await(number + " open connections", limit, () -> this.open == number);
	}

	/**
	 * Wait until a number of opening handshakes was received.
	 * @param number the least number
	 * @param limit longest wait
	 * @throws AssertionError after the limit; the message lists everything received
	 */
	public void awaitHandshakes(int number, Duration limit) {
		await(number + " handshakes", limit, () -> this.handshakes.size() >= number);
	}

	/**
	 * Wait for a text message.
	 * @param text the message
	 * @param limit longest wait
	 * @throws AssertionError after the limit; the message lists everything received
	 */
	public void awaitText(String text, Duration limit) {
		await("text '" + text + "'", limit, () -> texts().contains(text));
	}

	/**
	 * Wait for a number of text messages.
	 * @param number the least number
	 * @param limit longest wait
	 * @throws AssertionError after the limit; the message lists everything received
	 */
	public void awaitTexts(long number, Duration limit) {
		await(number + " texts", limit, () -> this.textCount >= number);
	}

	/**
	 * Wait for messages or frames of one kind.
	 * @param kind the kind
	 * @param number the least number
	 * @param limit longest wait
	 * @throws AssertionError after the limit; the message lists everything received
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

	synchronized void violation(int connection, String description) {
		this.violations.add("connection " + connection + ": " + description);
	}

	long now() {
		return this.clock.getAsLong();
	}

	private synchronized void await(String description, Duration limit, BooleanSupplier there) {
		long end = this.clock.getAsLong() + limit.toNanos();
		while (!there.getAsBoolean()) {
			if (this.clock.getAsLong() - end >= 0) {
				throw new AssertionError("no " + description + " within " + limit + ": " + this);
			}
			try {
				// Short naps instead of a notification per frame: floods stay fast.
				wait(2);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError("interrupted waiting for " + description, ex);
			}
		}
	}

}
