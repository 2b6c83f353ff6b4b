package io.github.resilientws.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SmartDataSource;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Physical connections for the statements of stores. As many are open as statements run
 * at a time. A connection that is given back is kept for the next statement.
 * <p>
 * The stores do without the pool of the application, because a pool that has lost its
 * database waits between its attempts to connect, and a pool that is exhausted holds up
 * messages for which the borrowers of its connections may be waiting.
 */
final class StoreConnections extends DelegatingDataSource implements SmartDataSource, AutoCloseable {

	/** A connection that was used so recently is not tested. */
	private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

	private static final int TEST_SECONDS = 1;

	/** The last used one is the first. */
	private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

	private final LongSupplier nanoTime;

	private volatile boolean closed;

	/**
	 * Create an empty set of connections.
	 * @param dataSource opens a physical connection with each call
	 * @param nanoTime monotonic time
	 */
	StoreConnections(DataSource dataSource, LongSupplier nanoTime) {
		super(dataSource);
		this.nanoTime = nanoTime;
	}

	@Override
	public Connection getConnection() throws SQLException {
		for (Idle kept = this.idle.pollFirst(); kept != null; kept = this.idle.pollFirst()) {
			if (!isOlder(kept, TRUSTED_NANOS) || kept.connection.isValid(TEST_SECONDS)) {
				return kept.connection;
			}
			JdbcUtils.closeConnection(kept.connection);
		}
		return super.getConnection();
	}

	/**
	 * Keep a connection that is given back, unless it has failed.
	 * @param connection the connection
	 * @return whether to close it
	 */
	@Override
	public boolean shouldClose(Connection connection) {
		if (this.closed || isClosed(connection)) {
			return true;
		}
		this.idle.addFirst(new Idle(connection, this.nanoTime.getAsLong()));
		closeIdle();
		return false;
	}

	private static boolean isClosed(Connection connection) {
		try {
			return connection.isClosed();
		}
		catch (SQLException ex) {
			return true;
		}
	}

	// the others are older the later they come
	private void closeIdle() {
		Idle oldest = this.idle.peekLast();
		if (oldest != null && (this.closed || isOlder(oldest, IDLE_NANOS)) && this.idle.remove(oldest)) {
			JdbcUtils.closeConnection(oldest.connection);
		}
	}

	private boolean isOlder(Idle kept, long nanos) {
		return this.nanoTime.getAsLong() - kept.since > nanos;
	}

	@Override
	public void close() {
		this.closed = true;
		while (!this.idle.isEmpty()) {
			closeIdle();
		}
	}

	/**
	 * A connection that no statement uses.
	 *
	 * @param connection the connection
	 * @param since when it was given back
	 */
	private record Idle(Connection connection, long since) {

	}

}
