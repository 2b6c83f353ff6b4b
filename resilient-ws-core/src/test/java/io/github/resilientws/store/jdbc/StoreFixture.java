package io.github.resilientws.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.OutboxFeed;
import io.github.resilientws.store.OutboxRecord;

/**
 * Stores of one line over one database.
 */
final class StoreFixture implements AutoCloseable {

	static final Duration SOON = Duration.ofSeconds(20);

	private static final StoreSettings SETTINGS = StoreSettings.MEMORY.withKind(StoreSettings.Kind.JDBC)
		.withPollInterval(Duration.ofMillis(20));

	final FaultyDataSource dataSource;

	/** Sees no faults. */
	final JdbcTemplate jdbc;

	final List<String> operations = new CopyOnWriteArrayList<>();

	private final JdbcOutboxStoreFactory factory;

	private final List<JdbcOutboxStore> stores = new ArrayList<>();

	StoreFixture(Database database) {
		this(database.create());
	}

	StoreFixture(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.dataSource = new FaultyDataSource(dataSource);
		this.factory = new JdbcOutboxStoreFactory(this.dataSource, "shop", "RESILIENT_WS_", (client, operation, success,
				duration) -> this.operations.add(client + " " + operation + " " + success));
		this.jdbc.update("INSERT INTO RESILIENT_WS_LINE (LINE, FENCE, NEXT_ID) VALUES ('shop/chat', 1, 0)");
	}

	JdbcOutboxStore open() {
		return open("chat");
	}

	JdbcOutboxStore open(String client) {
		return open(client, SOON);
	}

	JdbcOutboxStore open(String client, Duration timeout) {
		return open(client, timeout, InstantSource.system());
	}

	JdbcOutboxStore open(String client, Duration timeout, InstantSource clock) {
		JdbcOutboxStore store = this.factory.create(client, SETTINGS.withStoreTimeout(timeout), clock);
		this.stores.add(store);
		return store;
	}

	Ownership takeLine(long fence) {
		this.jdbc.update("UPDATE RESILIENT_WS_LINE SET FENCE = ?", fence);
		return ownership(fence);
	}

	static Ownership ownership(long fence) {
		return new Ownership() {
			@Override
			public long getFence() {
				return fence;
			}

			@Override
			public boolean isHeld() {
				return true;
			}
		};
	}

	static OutboxRecord message(String id) {
		return new OutboxRecord(id, null, true, ("payload of " + id).getBytes(StandardCharsets.UTF_8),
				System.currentTimeMillis(), 0, 0, null);
	}

	static List<OutboxRecord> messages(String... ids) {
		return Arrays.stream(ids).map(StoreFixture::message).toList();
	}

	/** Append one message and wait. */
	static MessagePosition append(JdbcOutboxStore store, String id) {
		return new MessagePosition(store.append(messages(id)).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()[0],
				id);
	}

	List<String> ids() {
		return this.jdbc.queryForList("SELECT MESSAGE_ID FROM RESILIENT_WS_MESSAGE ORDER BY POSITION", String.class);
	}

	List<String> ended() {
		return this.jdbc.queryForList("SELECT MESSAGE_ID FROM RESILIENT_WS_ENDED ORDER BY MESSAGE_ID", String.class);
	}

	@Override
	public void close() {
		this.stores.forEach((store) -> store.close(Duration.ZERO));
		this.factory.close();
	}

	/** Records what a feed passes on. */
	static final class Received implements OutboxFeed.Sink {

		final List<OutboxFeed.StoredMessage> messages = new CopyOnWriteArrayList<>();

		@Override
		public void accept(List<OutboxFeed.StoredMessage> added) {
			this.messages.addAll(added);
		}

		List<String> ids() {
			return this.messages.stream().map((stored) -> stored.message().id()).toList();
		}

	}

}
