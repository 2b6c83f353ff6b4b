package io.github.resilientws.reconnect;

/**
 * What a series remembers of ends that ask for something fresh: one attempt at once a
 * series, and at most three attempts that end the same way in a row.
 */
final class RefreshSequence {

	private static final int SAME_END_LIMIT = 3;

	private static final int OTHER = -1;

	private int lastEnd = OTHER;

	private int sameEnds;

	private boolean refreshed;

	// an end that asks for something fresh; a status, a close code, or 0
	Next next(int end) {
		this.sameEnds = (end == this.lastEnd) ? this.sameEnds + 1 : 1;
		this.lastEnd = end;
		if (this.sameEnds >= SAME_END_LIMIT) {
			return Next.STOP;
		}
		if (this.refreshed) {
			return Next.BACK_OFF;
		}
		this.refreshed = true;
		return Next.AT_ONCE;
	}

	// any other end
	void interrupt() {
		this.lastEnd = OTHER;
	}

	enum Next {

		AT_ONCE, BACK_OFF, STOP

	}

}
