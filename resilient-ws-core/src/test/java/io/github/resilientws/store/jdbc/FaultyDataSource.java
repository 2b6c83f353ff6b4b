package io.github.resilientws.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that has no connections, or whose connection breaks once in the
 * transaction of a certain statement, or whose statements wait.
 */
final class FaultyDataSource extends DelegatingDataSource {

	volatile boolean refusing;

	/** Fails the next request for a connection. */
	volatile @Nullable Error error;

	/** Called when the connection breaks. */
	volatile Runnable onBreak = () -> {
	};

	/** How many connections were requested. */
	volatile int requested;

	private volatile @Nullable Fault fault;

	private volatile boolean faultRemains;

	private volatile @Nullable Gate gate;

	FaultyDataSource(DataSource dataSource) {
		super(dataSource);
	}

	/**
	 * Break the connection when the next transaction with a statement ends.
	 * @param sql a part of the statement
	 * @param committed whether the transaction is committed before
	 */
	void breakOnce(String sql, boolean committed) {
		this.fault = new Fault(sql, committed);
	}

	/**
	 * Break the connection whenever a transaction with a statement ends.
	 * @param sql a part of the statement
	 */
	void breakAlways(String sql) {
		this.faultRemains = true;
		this.fault = new Fault(sql, false);
	}

	/**
	 * Let statements wait.
	 * @param sql a part of the statements
	 * @return ends the waiting
	 */
	Gate hold(String sql) {
		Gate held = new Gate(sql, new CountDownLatch(1), new CountDownLatch(1));
		this.gate = held;
		return held;
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.requested++;
		if (this.refusing) {
			throw new SQLException("Connection refused", "08001");
		}
		Error thrown = this.error;
		if (thrown != null) {
			this.error = null;
			throw thrown;
		}
		return new FaultyConnection(super.getConnection()).proxy();
	}

	private static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/** Statements that wait. */
	record Gate(String sql, CountDownLatch reached, CountDownLatch open) {

	}

	private record Fault(String sql, boolean committed) {

	}

	private final class FaultyConnection {

		private final Connection connection;

		private @Nullable Fault pending;

		private FaultyConnection(Connection connection) {
			this.connection = connection;
		}

		private Connection proxy() {
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> switch (method.getName()) {
						case "prepareStatement" -> prepare(method, arguments);
						case "commit" -> end(method, this.connection, arguments);
						default -> FaultyDataSource.invoke(method, this.connection, arguments);
					});
		}

		private Object prepare(Method method, Object[] arguments) throws Throwable {
			String sql = (String) arguments[0];
			Object statement = FaultyDataSource.invoke(method, this.connection, arguments);
			return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { PreparedStatement.class },
					(proxy, called, values) -> {
						if (!called.getName().startsWith("execute")) {
							return FaultyDataSource.invoke(called, statement, values);
						}
						pass(sql);
						Fault current = FaultyDataSource.this.fault;
						if (current != null && sql.contains(current.sql)) {
							FaultyDataSource.this.fault = (FaultyDataSource.this.faultRemains) ? current : null;
							this.pending = current;
						}
						return this.connection.getAutoCommit() ? end(called, statement, values)
								: FaultyDataSource.invoke(called, statement, values);
					});
		}

		private void pass(String sql) throws InterruptedException {
			Gate current = FaultyDataSource.this.gate;
			if (current != null && sql.contains(current.sql)) {
				current.reached.countDown();
				current.open.await();
			}
		}

		private @Nullable Object end(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
			Fault current = this.pending;
			if (current == null) {
				return FaultyDataSource.invoke(method, target, arguments);
			}
			if (current.committed) {
				FaultyDataSource.invoke(method, target, arguments);
			}
			else if (!this.connection.getAutoCommit()) {
				this.connection.rollback();
			}
			this.connection.close();
			FaultyDataSource.this.onBreak.run();
			throw new SQLException("Connection reset", "08006");
		}

	}

}
