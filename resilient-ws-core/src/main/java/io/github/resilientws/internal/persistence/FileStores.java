package io.github.resilientws.internal.persistence;

import java.util.Objects;

import org.springframework.util.ClassUtils;

import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.NoStoreException;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.mvstore.MvStoreOutboxStoreFactory;

/**
 * Creates the file stores of the library, whose classes may be absent.
 */
public final class FileStores {

	private static final boolean MVSTORE = ClassUtils.isPresent("org.h2.mvstore.MVStore",
			FileStores.class.getClassLoader());

	private FileStores() {
	}

	/**
	 * Return the factory that opens the file of a client.
	 * @param client name of the client
	 * @param settings directory and sync policy
	 * @return the factory
	 * @throws NoStoreException if h2-mvstore is absent
	 */
	public static OutboxStoreFactory file(String client, StoreSettings settings) {
		if (!MVSTORE) {
			throw new NoStoreException(client, "file", NoStoreException.FILE);
		}
		return File.factory(settings);
	}

	/**
	 * Loaded only if h2-mvstore is present.
	 */
	private static final class File {

		private static OutboxStoreFactory factory(StoreSettings settings) {
			return new MvStoreOutboxStoreFactory(Objects.requireNonNull(settings.directory()), settings.sync(),
					settings.syncInterval());
		}

	}

}
