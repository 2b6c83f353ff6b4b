package io.github.resilientws.cluster.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose database can go away, or not answer. That is also so for
 * connections that are open.
 */
final class GatedDataSource extends DelegatingDataSource {

	private volatile boolean away;

	private volatile CountDownLatch frozen = new CountDownLatch(0);

	GatedDataSource(DataSource dataSource) {
		super(dataSource);
	}

	void setAway(boolean away) {
		this.away = away;
	}

	void freeze() {
		this.frozen = new CountDownLatch(1);
	}

	void unfreeze() {
		this.frozen.countDown();
	}

	@Override
	public Connection getConnection() throws SQLException {
		pass();
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (!method.getName().equals("close")) {
						pass();
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

	private void pass() throws SQLException {
		try {
			this.frozen.await();
		}
		catch (InterruptedException ex) {
			throw new SQLException("Interrupted", ex);
		}
		if (this.away) {
			throw new SQLException("Connection refused");
		}
	}

}
