package io.github.resilientws.autoconfigure.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.autoconfigure.config.ClientConfiguration.Store;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Queue;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;

/**
 * The keys below {@code queue}.
 */
final class QueueKeys {

	private QueueKeys() {
	}

	static SettingKeys<Queue, QueueSettings> create() {
		return new SettingKeys<Queue, QueueSettings>()
			.key("capacity", Queue::capacity, QueueSettings::capacity, QueueSettings::withCapacity)
			.size("max-bytes", Queue::maxBytes, QueueSettings::maxBytes, QueueSettings::withMaxBytes)
			.key("overflow", Queue::overflow, QueueSettings::overflow, QueueSettings::withOverflow)
			.key("block-timeout", Queue::blockTimeout, QueueSettings::blockTimeout, QueueSettings::withBlockTimeout)
			.key("ttl", Queue::ttl, QueueSettings::ttl, QueueSettings::withTtl)
			.key("store", (settings) -> settings.store().kind(),
					store((store, queue) -> store.withKind((choose(queue) == Store.FILE) ? Kind.FILE : Kind.MEMORY)))
			.key("directory", (settings) -> Objects.toString(settings.store().directory(), ""),
					store((store, queue) -> store.withDirectory(directory(queue.find(Queue::directory)))))
			.key("sync", Queue::sync, (settings) -> settings.store().sync(),
					(settings, sync) -> settings.withStore(settings.store().withSync(sync)))
			.key("sync-interval", Queue::syncInterval, (settings) -> settings.store().syncInterval(),
					(settings, interval) -> settings.withStore(settings.store().withSyncInterval(interval)));
	}

	private static SettingKeys.Reader<Queue, QueueSettings> store(
			BiFunction<StoreSettings, PropertyFallback<Queue>, StoreSettings> with) {
		return (queue, settings) -> settings.withStore(with.apply(settings.store(), queue));
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

	private static @Nullable Path directory(@Nullable String text) {
		if (text == null) {
			return null;
		}
		if (text.isBlank()) {
			throw refuse("", "must not be empty; allowed is a directory such as /var/lib/shop/outbox");
		}
		if (text.contains("${")) {
			throw refuse(text, Placeholders.UNRESOLVED);
		}
		try {
			return Path.of(text);
		}
		catch (InvalidPathException ex) {
			throw refuse(text, "is not a path of this file system");
		}
	}

	private static InvalidSettingException refuse(String text, String reason) {
		return new InvalidSettingException("queue.directory", FailureText.printable(text), reason);
	}

}
