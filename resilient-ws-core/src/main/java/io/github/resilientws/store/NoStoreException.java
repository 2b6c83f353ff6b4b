package io.github.resilientws.store;

/**
 * What a client is to keep its messages with is not on the class path.
 */
public class NoStoreException extends IllegalStateException {

	/** What the file store needs. */
	public static final String FILE = "com.h2database:h2-mvstore";

	/**
	 * Create an exception.
	 * @param client name of the client that needs a certain store
	 * @param store name of that store
	 * @param missing what it needs
	 */
	public NoStoreException(String client, String store, String missing) {
		super("the client '" + client + "' is to use the " + store + " store, which is not there: add " + missing);
	}

}
