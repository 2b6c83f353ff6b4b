package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A line with its owner and many writers: threads of the owner that send outside of
 * transactions, threads with transactions, and threads that do both.
 */
final class StressedLine implements AutoCloseable {

	private static final int SENDERS = 6;

	private static final int TRANSACTIONAL = 12;

	private static final int MIXED = 4;

	/**
	 * The page of the line whose reader is reset at times; it would hide lost rows of
	 * others.
	 */
	private static final int RESETTING = 20;

	private static final String OWNER = "owner";

	private final StressHistory history = new StressHistory();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final BlockingQueue<Send> sends = new LinkedBlockingQueue<>();

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final CountDownLatch written = new CountDownLatch(1);

	private final List<Future<?>> writers = new ArrayList<>();

	private final Database database;

	private final DataSource dataSource;

	private final String line;

	private final int page;

	private final Future<?> owner;

	private volatile int received;

	/**
	 * Start owner and writers.
	 * @param database the kind of database
	 * @param dataSource the database
	 * @param page how many rows the owner reads at most, which also names the line
	 */
	StressedLine(Database database, DataSource dataSource, int page) {
		this.database = database;
		this.dataSource = dataSource;
		this.line = "line-" + page;
		this.page = page;
		this.owner = start(this::own);
		for (int i = 0; i < SENDERS + TRANSACTIONAL + MIXED; i++) {
			int writer = i;
			this.writers.add(start((connection) -> write(writer, connection)));
		}
	}

	private Future<?> start(Work work) {
		return this.threads.submit(() -> {
			try (Connection connection = this.dataSource.getConnection()) {
				work.run(connection);
			}
			return null;
		});
	}

	int received() {
		return this.received;
	}

	/**
	 * Stop the writers, and wait until the owner has read all their rows.
	 * @return the result
	 * @throws Exception if a thread failed
	 */
	StressHistory.Verdict stop() throws Exception {
		this.stopping.countDown();
		if (this.owner.isDone()) {
			// senders would wait for it
			this.owner.get();
		}
		for (Future<?> writer : this.writers) {
			writer.get(60, TimeUnit.SECONDS);
		}
		this.written.countDown();
		this.owner.get(60, TimeUnit.SECONDS);
		return this.history.verdict();
	}

	@Override
	public void close() {
		this.stopping.countDown();
		this.written.countDown();
		this.threads.shutdownNow();
	}

	private void own(Connection connection) throws InterruptedException {
		LineReader reader = new LineReader(
				this.database.table(new SingleConnectionDataSource(connection, true), this.line, OWNER), OWNER);
		Random random = new Random(this.page);
		List<RowKey> waiting = new ArrayList<>();
		boolean last = false;
		boolean ended = false;
		while (!ended) {
			last |= this.written.getCount() == 0;
			List<Send> batch = nextSends();
			if (!batch.isEmpty() || reader.hasRemoved()) {
				reader.write(batch.stream().map((send) -> Rows.row(send.messageId(), OWNER)).toList());
				batch.forEach((send) -> send.stored().complete(null));
			}
			List<MessageRow> rows = reader.read(this.page);
			rows.forEach(this.history::receive);
			this.received = this.history.received();
			rows.forEach((row) -> waiting.add(row.key()));
			disturb(reader, random);
			boolean all = last;
			waiting.removeIf((key) -> {
				boolean acknowledged = all || random.nextInt(3) == 0;
				if (acknowledged) {
					reader.remove(key);
				}
				return acknowledged;
			});
			ended = last && rows.isEmpty() && !reader.hasRemoved();
		}
	}

	// a pause leaves a backlog, so that reads are cut
	private void disturb(LineReader reader, Random random) throws InterruptedException {
		if (random.nextInt(200) == 0) {
			pause(random.nextInt(200));
		}
		if (this.page == RESETTING && random.nextInt(500) == 0) {
			reader.reset();
		}
	}

	private List<Send> nextSends() throws InterruptedException {
		List<Send> batch = new ArrayList<>();
		Send first = this.sends.poll(2, TimeUnit.MILLISECONDS);
		if (first != null) {
			batch.add(first);
			this.sends.drainTo(batch);
		}
		return batch;
	}

	private void write(int writer, Connection connection) throws Exception {
		Random random = new Random(31L * this.page + writer);
		JdbcMessageTable table = this.database.table(this.dataSource, this.line, OWNER);
		connection.setAutoCommit(false);
		int number = 0;
		while (!pause(random.nextInt(5))) {
			boolean shortTransaction = writer >= TRANSACTIONAL && writer < TRANSACTIONAL + MIXED
					&& random.nextBoolean();
			if (writer < TRANSACTIONAL || shortTransaction) {
				String origin = random.nextBoolean() ? OWNER + MessageRow.TRANSACTIONAL : "other";
				int millis = random.nextInt((shortTransaction) ? 20 : 500);
				int rows = 1 + random.nextInt(4);
				List<StressHistory.Message> messages = new ArrayList<>();
				for (int i = 0; i < rows; i++) {
					messages.add(this.history.begin(writer, number++));
					table.insert(connection, List.of(Rows.row(messages.get(i).id(), origin)));
					pause(millis / rows);
				}
				end(connection, messages, random.nextInt(100) < 12);
			}
			else {
				send(this.history.begin(writer, number++));
			}
		}
	}

	private static void end(Connection connection, List<StressHistory.Message> messages, boolean rollback)
			throws SQLException {
		if (rollback) {
			connection.rollback();
			return;
		}
		connection.commit();
		messages.forEach(StressHistory.Message::commit);
	}

	private void send(StressHistory.Message message) throws InterruptedException, ExecutionException {
		Send send = new Send(message.id(), new CompletableFuture<>());
		this.sends.add(send);
		send.stored().get();
		message.commit();
	}

	// the end of the test ends a pause
	private boolean pause(int millis) throws InterruptedException {
		return this.stopping.await(millis, TimeUnit.MILLISECONDS);
	}

	private record Send(String messageId, CompletableFuture<Void> stored) {

	}

	private interface Work {

		void run(Connection connection) throws Exception;

	}

}
