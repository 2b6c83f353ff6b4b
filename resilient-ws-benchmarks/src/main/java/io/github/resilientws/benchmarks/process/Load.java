package io.github.resilientws.benchmarks.process;

/**
 * The load that an engine is put under.
 *
 * @param kind what the engine does
 * @param threads number of sending threads
 * @param size characters of a text, all of them ASCII
 */
public record Load(Kind kind, int threads, int size) {

	String format() {
		return this.kind + " " + this.threads + " " + this.size;
	}

	static Load parse(String kind, String threads, String size) {
		return new Load(Kind.valueOf(kind), Integer.parseInt(threads), Integer.parseInt(size));
	}

	/**
	 * What an engine does.
	 */
	public enum Kind {

		/** Threads send, until the server has received all messages. */
		SEND,

		/** The server pushes, until the application has received all messages. */
		RECEIVE,

		/**
		 * The application sends a text when the previous one has come back, from the
		 * thread that received it.
		 */
		ECHO

	}

}
