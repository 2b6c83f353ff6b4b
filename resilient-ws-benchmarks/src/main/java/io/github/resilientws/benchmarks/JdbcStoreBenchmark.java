package io.github.resilientws.benchmarks;

import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;
import io.github.resilientws.benchmarks.store.PlainJdbc;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.store.jdbc.JdbcOutboxStoreFactory;

/**
 * Compares the JDBC store of the owner of a line with plain batched JDBC on PostgreSQL.
 * One sender appends a batch of messages, waits, and removes it. The removal is not
 * waited for, so that it joins the next append, as acknowledgements do. It also measures
 * a look after many messages have come and gone while an old transaction is open.
 */
final class JdbcStoreBenchmark {

	private static final List<Integer> BATCHES = List.of(1, 16, 64);

	private static final int RECORD_SIZE = 256;

	private static final int GONE = 20_000;

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	/** A statement is compiled to the end after more than ten thousand calls. */
	private static final int WARM_UPS = 20_000;

	private final AtomicLong lookNanos = new AtomicLong();

	private final AtomicLong ids = new AtomicLong();

	private final byte[] payload = new byte[RECORD_SIZE];

	private final HikariDataSource dataSource;

	private JdbcStoreBenchmark(HikariDataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Measure and report.
	 * @param environment where and how often
	 * @param report receives the results
	 * @throws Exception if it fails
	 */
	static void run(Environment environment, Report report) throws Exception {
		report.heading("JDBC store");
		try (EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
				HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
			new ResourceDatabasePopulator(
					new ClassPathResource("io/github/resilientws/store/jdbc/schema-postgresql.sql"))
				.execute(pool);
			new JdbcStoreBenchmark(pool).measure(environment, report);
		}
	}

	private void measure(Environment environment, Report report) throws Exception {
		DataSource unpooled = new DriverManagerDataSource(this.dataSource.getJdbcUrl());
		try (JdbcOutboxStoreFactory factory = new JdbcOutboxStoreFactory(this.dataSource, unpooled, "shop",
				"RESILIENT_WS_", this::completed); PlainJdbc plain = new PlainJdbc(this.dataSource)) {
			SharedOutboxStore store = factory.open("store", StoreSettings.MEMORY.withKind(StoreSettings.Kind.JDBC),
					InstantSource.system());
			store.own(new Owner(), (messages) -> {
			}).request(Integer.MAX_VALUE);
			compare(environment, store, plain, report);
			look(store, report);
			store.close(Duration.ofSeconds(10));
		}
	}

	private void completed(String client, String operation, boolean success, Duration duration) {
		if (operation.equals("look")) {
			this.lookNanos.set(duration.toNanos());
		}
	}

	private void compare(Environment environment, SharedOutboxStore store, PlainJdbc plain, Report report)
			throws Exception {
		warmUp((names) -> cycle(store, names));
		warmUp((names) -> plain.cycle(names, this.payload));
		Table table = new Table("Messages in a batch", "store, messages/s", "x plain JDBC");
		for (int batch : BATCHES) {
			Samples own = new Samples();
			Samples raw = new Samples();
			environment.interleave(List.of(own, raw), (samples, counts) -> {
				double rate = (samples == own) ? storeRate(store, batch) : plainRate(plain, batch);
				if (counts) {
					samples.add(rate);
				}
			});
			table.row(Integer.toString(batch), own.format(), own.ratio(raw));
		}
		report.table(table);
	}

	private void warmUp(Cycle cycle) {
		int[] left = { WARM_UPS };
		rate(1, (elapsed) -> left[0]-- > 0, cycle);
	}

	private double storeRate(SharedOutboxStore store, int batch) {
		CompletableFuture<?>[] removal = { CompletableFuture.completedFuture(null) };
		double rate = rate(batch, (elapsed) -> elapsed < NANOS, (names) -> removal[0] = cycle(store, names));
		removal[0].join();
		return rate;
	}

	private CompletableFuture<Void> cycle(SharedOutboxStore store, List<String> names) {
		List<OutboxRecord> messages = names.stream()
			.map((name) -> new OutboxRecord(name, null, true, this.payload, 1, 0, 0, null))
			.toList();
		long[] positions = store.append(messages).join();
		List<MessagePosition> stored = new ArrayList<>();
		for (int i = 0; i < positions.length; i++) {
			stored.add(new MessagePosition(positions[i], names.get(i)));
		}
		return store.remove(stored);
	}

	private double plainRate(PlainJdbc plain, int batch) {
		return rate(batch, (elapsed) -> elapsed < NANOS, (names) -> plain.cycle(names, this.payload));
	}

	private double rate(int batch, LongPredicate goOn, Cycle cycle) {
		long start = System.nanoTime();
		long done = 0;
		try {
			while (goOn.test(System.nanoTime() - start)) {
				List<String> names = new ArrayList<>();
				for (int i = 0; i < batch; i++) {
					names.add("m" + this.ids.incrementAndGet());
				}
				cycle.run(names);
				done += batch;
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return done * 1e9 / (System.nanoTime() - start);
	}

	private void look(SharedOutboxStore store, Report report) throws Exception {
		Table table = new Table("Look for messages of other instances", "µs", "after the end of the transaction, µs");
		table.row("no other transaction", Long.toString(measureLook(store)), "");
		look(store, "reading", "SELECT COUNT(*) FROM RESILIENT_WS_LINE", table);
		look(store, "writing", "SELECT pg_current_xact_id()", table);
		report.table(table);
	}

	private void look(SharedOutboxStore store, String kind, String statement, Table table) throws Exception {
		try (Connection old = this.dataSource.getConnection()) {
			old.setAutoCommit(false);
			old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			old.createStatement().execute(statement);
			String during = Long.toString(goneThenLook(store));
			old.rollback();
			table.row(String.format("%,d messages since a %s transaction began", GONE, kind), during,
					Long.toString(measureLook(store)));
		}
	}

	private long goneThenLook(SharedOutboxStore store) {
		long[] left = { GONE / 64 };
		rate(64, (elapsed) -> left[0]-- > 0, (names) -> cycle(store, names));
		return measureLook(store);
	}

	// the look that follows an append, the median of some
	private long measureLook(SharedOutboxStore store) {
		List<Long> micros = new ArrayList<>();
		for (int i = 0; i < 21; i++) {
			cycle(store, List.of("m" + this.ids.incrementAndGet())).join();
			micros.add(this.lookNanos.get() / 1000);
		}
		Collections.sort(micros);
		return micros.get(10);
	}

	/** Takes part in no election. */
	private static final class Owner implements Ownership {

		@Override
		public long getFence() {
			return 1;
		}

		@Override
		public boolean isHeld() {
			return true;
		}

	}

	@FunctionalInterface
	private interface Cycle {

		void run(List<String> ids) throws Exception;

	}

}
