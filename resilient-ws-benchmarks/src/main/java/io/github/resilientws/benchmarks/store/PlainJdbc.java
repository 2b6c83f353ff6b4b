package io.github.resilientws.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

/**
 * Inserts a batch of rows and deletes the batch before it in one transaction, on one
 * connection: what an application does that knows nothing of order and other instances.
 */
public final class PlainJdbc implements AutoCloseable {

	private final Connection connection;

	private final PreparedStatement insert;

	private final PreparedStatement delete;

	private List<String> before = List.of();

	/**
	 * Open the connection.
	 * @param dataSource the database
	 * @throws SQLException if it fails
	 */
	public PlainJdbc(DataSource dataSource) throws SQLException {
		this.connection = dataSource.getConnection();
		this.connection.setAutoCommit(false);
		this.insert = this.connection.prepareStatement("INSERT INTO RESILIENT_WS_MESSAGE "
				+ "(LINE, MESSAGE_ID, ORIGIN, ACCEPTED, EXPIRES, IS_TEXT, PAYLOAD) VALUES (?, ?, ?, ?, ?, ?, ?)");
		this.delete = this.connection
			.prepareStatement("DELETE FROM RESILIENT_WS_MESSAGE WHERE LINE = ? AND MESSAGE_ID = ?");
	}

	/**
	 * Insert a batch and delete the one before it.
	 * @param ids ids of the new messages
	 * @param payload their payload
	 * @throws SQLException if it fails
	 */
	public void cycle(List<String> ids, byte[] payload) throws SQLException {
		for (String id : ids) {
			this.insert.setString(1, "shop/plain");
			this.insert.setString(2, id);
			this.insert.setString(3, "plain");
			this.insert.setLong(4, 1);
			this.insert.setLong(5, 0);
			this.insert.setBoolean(6, true);
			this.insert.setBytes(7, payload);
			this.insert.addBatch();
		}
		this.insert.executeBatch();
		for (String id : this.before) {
			this.delete.setString(1, "shop/plain");
			this.delete.setString(2, id);
			this.delete.addBatch();
		}
		this.delete.executeBatch();
		this.connection.commit();
		this.before = ids;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
