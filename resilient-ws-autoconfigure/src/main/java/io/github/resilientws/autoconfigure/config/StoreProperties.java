package io.github.resilientws.autoconfigure.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.autoconfigure.config.ClientConfiguration.Store;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Queue;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;

/**
 * Lays the store of a client's outbox over that of the defaults and what is built in.
 */
final class StoreProperties {

	private StoreProperties() {
	}

	static Store choose(PropertyFallback<Queue> queue) {
		String store = queue.find(Queue::store);
		if (store == null) {
			return Store.DEFAULT;
		}
		return switch (store.toLowerCase(Locale.ROOT)) {
			case "memory" -> Store.MEMORY;
			case "file" -> Store.FILE;
			default -> throw new InvalidSettingException("queue.store", FailureText.printable(store),
					"must be one of memory, file; for another store declare a bean of type OutboxStoreFactory");
		};
	}

	static StoreSettings resolve(PropertyFallback<Queue> queue) {
		StoreSettings builtIn = StoreSettings.MEMORY;
		return new StoreSettings((choose(queue) == Store.FILE) ? Kind.FILE : Kind.MEMORY,
				directory(queue.find(Queue::directory)), queue.get(Queue::sync, builtIn.sync()),
				queue.get(Queue::syncInterval, builtIn.syncInterval()));
	}

	private static @Nullable Path directory(@Nullable String text) {
		if (text == null) {
			return null;
		}
		if (text.isBlank()) {
			throw refuse("", "must not be empty; allowed is a directory such as /var/lib/shop/outbox");
		}
		if (text.contains("${")) {
			throw refuse(text, "holds a ${placeholder} that no property resolves");
		}
		try {
			return Path.of(text);
		}
		catch (InvalidPathException ex) {
			throw refuse(text, "is no path of this file system");
		}
	}

	private static InvalidSettingException refuse(String text, String reason) {
		return new InvalidSettingException("queue.directory", FailureText.printable(text), reason);
	}

}
