package io.github.resilientws.test;

/**
 * Behaviour of a connection until the test changes it.
 *
 * @param reading whether it reads from the socket
 * @param silent whether it sends no answers
 * @param pongs whether it answers pings
 * @param pongDelayNanos delay of pongs
 */
record ConnectionBehavior(boolean reading, boolean silent, boolean pongs, long pongDelayNanos) {

	static final ConnectionBehavior NORMAL = new ConnectionBehavior(true, false, true, 0);

	ConnectionBehavior withReading(boolean reading) {
		return new ConnectionBehavior(reading, this.silent, this.pongs, this.pongDelayNanos);
	}

	ConnectionBehavior withSilent(boolean silent) {
		return new ConnectionBehavior(this.reading, silent, this.pongs, this.pongDelayNanos);
	}

	ConnectionBehavior withPongs(boolean pongs, long delayNanos) {
		return new ConnectionBehavior(this.reading, this.silent, pongs, delayNanos);
	}

}
