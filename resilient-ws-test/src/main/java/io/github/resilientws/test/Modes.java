package io.github.resilientws.test;

/**
 * How a connection behaves until told otherwise.
 *
 * @param reading whether it takes bytes from the socket
 * @param silent whether it answers nothing
 * @param pongs whether it answers pings
 * @param pongDelayNanos how late it answers pings
 */
record Modes(boolean reading, boolean silent, boolean pongs, long pongDelayNanos) {

	static final Modes NORMAL = new Modes(true, false, true, 0);

	Modes withReading(boolean reading) {
		return new Modes(reading, this.silent, this.pongs, this.pongDelayNanos);
	}

	Modes withSilent(boolean silent) {
		return new Modes(this.reading, silent, this.pongs, this.pongDelayNanos);
	}

	Modes withPongs(boolean pongs, long delayNanos) {
		return new Modes(this.reading, this.silent, pongs, delayNanos);
	}

}
