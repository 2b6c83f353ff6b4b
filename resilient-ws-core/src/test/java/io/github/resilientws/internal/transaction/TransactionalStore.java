package io.github.resilientws.internal.transaction;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.JdbcMessageTable;
import io.github.resilientws.internal.jdbc.MessageRow;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.jdbc.TransactionPhaseListener;

/**
 * A message table, a table of the application, and a transaction manager over both. It
 * records what the writer reports of transactions.
 */
final class TransactionalStore implements TransactionalRows, TransactionOutcomes {

	final Map<String, Long> committed = new HashMap<>();

	final List<String> appended = new ArrayList<>();

	/** Completed by the test, with whether the transaction was committed. */
	final CompletableFuture<Boolean> resolution = new CompletableFuture<>();

	final DataSource dataSource;

	final JdbcTransactionManager transactionManager;

	final JdbcTransactionalWriter writer;

	private final JdbcMessageTable table;

	TransactionalStore(Database database) {
		this(database, database.create());
	}

	TransactionalStore(Database database, DataSource dataSource) {
		this.dataSource = dataSource;
		this.table = database.table(dataSource, "shop/chat", "me");
		new JdbcTemplate(dataSource).execute("CREATE TABLE ORDERS (ID VARCHAR(50))");
		this.transactionManager = new JdbcTransactionManager(dataSource);
		this.transactionManager.addListener(new TransactionPhaseListener());
		this.writer = new JdbcTransactionalWriter(dataSource, this, this);
	}

	/** Run an action in a transaction. */
	void execute(Consumer<TransactionStatus> action) {
		new TransactionTemplate(this.transactionManager).executeWithoutResult(action);
	}

	/** Run an action in a transaction with a propagation. */
	void execute(int propagation, Consumer<TransactionStatus> action) {
		TransactionTemplate template = new TransactionTemplate(this.transactionManager);
		template.setPropagationBehavior(propagation);
		template.executeWithoutResult(action);
	}

	CompletableFuture<Long> send(String id) {
		return this.writer.append(message(id));
	}

	void order(String id) {
		new JdbcTemplate(this.dataSource).update("INSERT INTO ORDERS (ID) VALUES (?)", id);
	}

	/** The orders that another connection sees. */
	List<String> orders() {
		return read("SELECT ID FROM ORDERS ORDER BY ID");
	}

	/** The ids of the messages that another connection sees, in the order of the line. */
	List<String> messages() {
		return read("SELECT MESSAGE_ID FROM RESILIENT_WS_MESSAGE ORDER BY POSITION");
	}

	private List<String> read(String query) {
		Supplier<List<String>> read = () -> new JdbcTemplate(this.dataSource).queryForList(query, String.class);
		return CompletableFuture.supplyAsync(read, (task) -> new Thread(task).start()).join();
	}

	static OutboxRecord message(String id) {
		return new OutboxRecord(id, null, true, id.getBytes(StandardCharsets.UTF_8), 1, 0, 0, null);
	}

	/** An id that no database of the tests takes. */
	static String tooLong() {
		return "x".repeat(201);
	}

	@Override
	public @Nullable String check(OutboxRecord message) {
		return null;
	}

	@Override
	public Map<String, Long> insert(Connection connection, List<OutboxRecord> messages) throws SQLException {
		return this.table.insert(connection, messages.stream().map(TransactionalStore::row).toList());
	}

	private static MessageRow row(OutboxRecord message) {
		return new MessageRow(0, message.id(), "me" + MessageRow.TRANSACTIONAL, 1, message.key(),
				message.acceptedMillis(), message.expiresMillis(), message.text(), message.payload());
	}

	@Override
	public void committed(Map<OutboxRecord, Long> positions) {
		positions.forEach((message, position) -> this.committed.put(message.id(), position));
	}

	@Override
	public CompletableFuture<long[]> resolve(List<OutboxRecord> messages, long since) {
		// the last one is in the store; the owner has delivered the others
		OutboxRecord last = messages.get(messages.size() - 1);
		return this.resolution
			.thenApply((kept) -> messages.stream().mapToLong((message) -> (kept && message == last) ? 7 : 0).toArray());
	}

	@Override
	public CompletableFuture<long[]> append(List<OutboxRecord> messages) {
		messages.forEach((message) -> this.appended.add(message.id()));
		return CompletableFuture.completedFuture(messages.stream().mapToLong((message) -> 8).toArray());
	}

}
