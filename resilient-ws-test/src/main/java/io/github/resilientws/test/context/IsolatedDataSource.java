package io.github.resilientws.test.context;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

import javax.sql.DataSource;

/**
 * The data source of an instance that may be isolated. It cannot be unwrapped, so that no
 * connection gets past it.
 */
final class IsolatedDataSource implements DataSource {

	private final DataSource dataSource;

	private final InstanceIsolation isolation;

	private final Set<Connection> open = ConcurrentHashMap.newKeySet();

	IsolatedDataSource(DataSource dataSource, InstanceIsolation isolation) {
		this.dataSource = dataSource;
		this.isolation = isolation;
	}

	@Override
	public Connection getConnection() throws SQLException {
		check();
		return guard(this.dataSource.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		check();
		return guard(this.dataSource.getConnection(username, password));
	}

	private Connection guard(Connection connection) throws SQLException {
		this.open.add(connection);
		// isolated while it was opened
		if (this.isolation.isIsolated()) {
			close(connection);
			check();
		}
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				new Guard(connection));
	}

	private void check() throws SQLException {
		if (this.isolation.isIsolated()) {
			throw new SQLNonTransientConnectionException(InstanceIsolation.KILLED);
		}
	}

	/** Close the open connections, which rolls their transactions back. */
	void closeConnections() {
		this.open.forEach(this::close);
	}

	private void close(Connection connection) {
		this.open.remove(connection);
		try {
			if (!connection.isClosed() && !connection.getAutoCommit()) {
				connection.rollback();
			}
		}
		catch (SQLException ex) {
			// broken, so the database rolls back
		}
		try {
			connection.close();
		}
		catch (SQLException ex) {
			// broken, and forgotten
		}
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		throw new SQLFeatureNotSupportedException("The data source of an instance cannot be unwrapped");
	}

	@Override
	public boolean isWrapperFor(Class<?> type) {
		return type.isInstance(this);
	}

	@Override
	public PrintWriter getLogWriter() throws SQLException {
		return this.dataSource.getLogWriter();
	}

	@Override
	public void setLogWriter(PrintWriter writer) throws SQLException {
		this.dataSource.setLogWriter(writer);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return this.dataSource.getLoginTimeout();
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		this.dataSource.setLoginTimeout(seconds);
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return this.dataSource.getParentLogger();
	}

	private final class Guard implements InvocationHandler {

		private final Connection connection;

		Guard(Connection connection) {
			this.connection = connection;
		}

		@Override
		public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
			switch (method.getName()) {
				case "equals":
					return proxy == arguments[0];
				case "hashCode":
					return System.identityHashCode(proxy);
				case "close":
					IsolatedDataSource.this.open.remove(this.connection);
					break;
				case "isClosed", "toString":
					break;
				default:
					check();
			}
			try {
				return method.invoke(this.connection, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

	}

}
