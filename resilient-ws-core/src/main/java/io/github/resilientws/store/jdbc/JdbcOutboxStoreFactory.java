package io.github.resilientws.store.jdbc;

import java.time.InstantSource;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.store.SharedOutboxStoreFactory;
import io.github.resilientws.store.StoreMonitor;

/**
 * Creates stores in the tables of a database, which several instances of an application
 * share. The scripts that create the tables are next to this class. PostgreSQL has
 * statements of its own; other databases get SQL that most of them understand.
 *
 * <pre class="code">
 * SharedOutboxStoreFactory stores = new JdbcOutboxStoreFactory(dataSource, "shop", "RESILIENT_WS_");
 * </pre>
 *
 * Statements run on threads of the factory, each on a connection that is borrowed from
 * the data source. A factory that can open connections of its own does not depend on a
 * pool: it sends again as soon as the database is back, and while the pool is exhausted.
 *
 * @since 0.1
 */
public final class JdbcOutboxStoreFactory implements SharedOutboxStoreFactory, AutoCloseable {

	private static final int LONGEST_LINE = 200;

	private final Object monitor = new Object();

	private final DataSource dataSource;

	private final String group;

	private final String tablePrefix;

	private final StoreMonitor storeMonitor;

	private final @Nullable StoreConnections connections;

	// guarded by the monitor
	private @Nullable StoreThreads threads;

	// guarded by the monitor
	private boolean closed;

	/**
	 * Create a factory.
	 * @param dataSource provides the connections; transactions of the application that
	 * messages join are on the same one
	 * @param group the instances that share messages
	 * @param tablePrefix the prefix of the table names
	 */
	public JdbcOutboxStoreFactory(DataSource dataSource, String group, String tablePrefix) {
		this(dataSource, group, tablePrefix, StoreMonitor.NONE);
	}

	/**
	 * Create a factory whose stores report the durations of their operations.
	 * @param dataSource provides the connections; transactions of the application that
	 * messages join are on the same one
	 * @param group the instances that share messages
	 * @param tablePrefix the prefix of the table names
	 * @param storeMonitor receives the durations
	 */
	public JdbcOutboxStoreFactory(DataSource dataSource, String group, String tablePrefix, StoreMonitor storeMonitor) {
		this(dataSource, dataSource, group, tablePrefix, storeMonitor);
	}

	/**
	 * Create a factory that may have connections of its own.
	 * @param dataSource transactions of the application that messages join are on this
	 * one
	 * @param unpooled opens physical connections to the same database, at most 16 at a
	 * time; or the same as {@code dataSource}, to borrow a connection for each statement
	 * @param group the instances that share messages
	 * @param tablePrefix the prefix of the table names
	 * @param storeMonitor receives the durations
	 */
	public JdbcOutboxStoreFactory(DataSource dataSource, DataSource unpooled, String group, String tablePrefix,
			StoreMonitor storeMonitor) {
		Assert.hasText(group, "'group' must not be empty");
		this.dataSource = dataSource;
		this.group = group;
		this.tablePrefix = tablePrefix;
		this.storeMonitor = storeMonitor;
		this.connections = (unpooled != dataSource) ? new StoreConnections(unpooled, System::nanoTime) : null;
	}

	@Override
	public SharedOutboxStore open(String client, StoreSettings settings, InstantSource clock) {
		return create(client, settings, clock);
	}

	JdbcOutboxStore create(String client, StoreSettings settings, InstantSource clock) {
		String line = this.group + "/" + client;
		Assert.isTrue(line.length() <= LONGEST_LINE, () -> "The line '" + line + "' has " + line.length()
				+ " characters; group and client may have " + (LONGEST_LINE - 1));
		DataSource source = (this.connections != null) ? this.connections : this.dataSource;
		LineTables tables = new LineTables(source, this.tablePrefix, line, JdbcOutboxStore.newOrigin(), clock);
		return new JdbcOutboxStore(client, tables, settings, threads(), this.storeMonitor, this.dataSource);
	}

	private StoreThreads threads() {
		synchronized (this.monitor) {
			Assert.state(!this.closed, "The factory is closed");
			StoreThreads current = this.threads;
			if (current == null) {
				current = new StoreThreads();
				this.threads = current;
			}
			return current;
		}
	}

	/**
	 * End the threads, and close connections. Close the stores first: others do nothing
	 * from now on.
	 */
	@Override
	public void close() {
		synchronized (this.monitor) {
			this.closed = true;
			if (this.threads != null) {
				this.threads.close();
			}
			if (this.connections != null) {
				this.connections.close();
			}
		}
	}

}
