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
					store((store, queue) -> store.withKind(kind(choose(queue)))))
			.key("directory", (settings) -> Objects.toString(settings.store().directory(), ""), store(
					(store, queue) -> store.withDirectory(directory(file(queue, "directory").find(Queue::directory)))))
			.key("sync", (settings) -> settings.store().sync(),
					store((store, queue) -> store.withSync(file(queue, "sync").get(Queue::sync, store.sync()))))
			.key("sync-interval", (settings) -> settings.store().syncInterval(),
					store((store, queue) -> store
						.withSyncInterval(file(queue, "sync-interval").get(Queue::syncInterval, store.syncInterval()))))
			.key("poll-interval", Queue::pollInterval, (settings) -> settings.store().pollInterval(),
					(settings, interval) -> settings.withStore(settings.store().withPollInterval(interval)))
			.key("store-timeout", Queue::storeTimeout, (settings) -> settings.store().storeTimeout(),
					(settings, timeout) -> settings.withStore(settings.store().withStoreTimeout(timeout)));
	}

	private static Kind kind(Store store) {
		return switch (store) {
			case FILE -> Kind.FILE;
			case JDBC -> Kind.JDBC;
			default -> Kind.MEMORY;
		};
	}

	// a client with another store does not inherit what belongs to files
	private static PropertyFallback<Queue> file(PropertyFallback<Queue> queue, String key) {
		if (choose(queue) != Store.JDBC) {
			return queue;
		}
		boolean inherited = queue.own() == null || queue.own().store() == null;
		refuseFile(key, queue.own());
		if (inherited) {
			refuseFile(key, queue.shared());
		}
		return new PropertyFallback<>(null, null);
	}

	private static void refuseFile(String key, @Nullable Queue queue) {
		if (queue == null) {
			return;
		}
		Object value = switch (key) {
			case "directory" -> queue.directory();
			case "sync" -> queue.sync();
			default -> queue.syncInterval();
		};
		if (value != null) {
			throw new InvalidSettingException("queue." + key, FailureText.printable(value.toString()),
					"is not allowed with queue.store jdbc: durable is what the database makes durable");
		}
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
			case "jdbc" -> Store.JDBC;
			default -> throw new InvalidSettingException("queue.store", FailureText.printable(store),
					"must be one of memory, file, jdbc; for another store declare a bean of type OutboxStoreFactory");
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
