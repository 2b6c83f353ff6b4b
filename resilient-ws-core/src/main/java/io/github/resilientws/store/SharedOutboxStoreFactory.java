package io.github.resilientws.store;

import java.time.InstantSource;

import io.github.resilientws.settings.StoreSettings;

/**
 * Opens the stores of clients that several instances of an application have.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SharedOutboxStoreFactory {

	/**
	 * Open the store of a client. Does not wait for the store: a store that is
	 * unavailable reports that when it is used. Called when the client is created, and
	 * again when it is connected after it was closed.
	 * @param client name of the client
	 * @param settings its settings
	 * @param clock the clock of the times in records
	 * @return the store
	 */
	SharedOutboxStore open(String client, StoreSettings settings, InstantSource clock);

}
