package io.github.resilientws.reconnect;

/**
 * Counts the ends of a series that lead to {@code refresh}: it allows one immediate
 * attempt per series, and at most three attempts in a row that end the same way.
 */
final class RefreshSequence {

	private static final int SAME_END_LIMIT = 3;

	private static final int OTHER = -1;

	private int lastEnd = OTHER;

	private int sameEnds;

	private boolean refreshed;

	// end is the status or close code that leads to refresh, or 0
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

	// an end that does not lead to refresh
	void interrupt() {
		this.lastEnd = OTHER;
	}

	enum Next {

		AT_ONCE, BACK_OFF, STOP

	}

}
