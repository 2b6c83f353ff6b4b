package io.github.resilientws.store;

/**
 * The library of the store that a client is configured with is not on the class path.
 *
 * @since 0.1
 */
public class NoStoreException extends IllegalStateException {

	/** Library of the file store. */
	public static final String FILE = "com.h2database:h2-mvstore";

	/**
	 * Create an exception.
	 * @param client name of the client
	 * @param store name of the store
	 * @param missing coordinates of the missing library
	 */
	public NoStoreException(String client, String store, String missing) {
		super("the client '" + client + "' is configured with the " + store
				+ " store, whose library is not on the class path: add " + missing);
	}

}
