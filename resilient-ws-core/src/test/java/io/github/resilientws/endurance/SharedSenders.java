package io.github.resilientws.endurance;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.store.jdbc.TransactionPhaseListener;

/**
 * Threads that send numbered messages, some of them in transactions, and write to a file
 * what became of each. The file is complete even if the JVM is killed.
 */
final class SharedSenders {

	/** The share of the transactions that are rolled back. */
	private static final int ROLLED_BACK_PERCENT = 12;

	private final List<Thread> threads = new ArrayList<>();

	private final String name;

	private final ResilientWebSocketClient client;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final FileOutputStream records;

	private CountDownLatch stopping = new CountDownLatch(1);

	private int started;

	SharedSenders(String name, ResilientWebSocketClient client, DataSource dataSource, Path records)
			throws IOException {
		this.name = name;
		this.client = client;
		this.jdbc = new JdbcTemplate(dataSource);
		JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
		manager.addListener(new TransactionPhaseListener());
		this.transactions = new TransactionTemplate(manager);
		this.records = new FileOutputStream(records.toFile(), true);
	}

	/**
	 * Start threads.
	 * @param plain how many send without a transaction
	 * @param transactional how many send in transactions
	 */
	void start(int plain, int transactional) {
		this.stopping = new CountDownLatch(1);
		CountDownLatch end = this.stopping;
		for (int i = 0; i < plain + transactional; i++) {
			boolean inTransactions = i >= plain;
			String sender = this.name + (inTransactions ? "-t" : "-p") + this.started++;
			Thread thread = new Thread(() -> run(sender, inTransactions, end), sender);
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	/** Stop all threads, and wait for their end. */
	void stop() throws InterruptedException {
		this.stopping.countDown();
		for (Thread thread : this.threads) {
			thread.join();
		}
		this.threads.clear();
	}

	/**
	 * Send messages on the calling thread: most are acknowledged, some have an id that is
	 * in use, the time to live of some ends early, and some are rolled back.
	 * @param count number of messages
	 */
	void burst(int count) {
		String sender = this.name + "-p" + this.started++;
		for (int i = 0; i < count; i++) {
			String id = sender + "-" + i;
			switch (i % 20) {
				case 5 -> {
					if (!send(id, id, Duration.ZERO).isDone()) {
						send(id, id + "-again", Duration.ZERO);
					}
				}
				case 10 -> send(id, id, Duration.ofMillis(1));
				case 15 -> this.transactions.executeWithoutResult((status) -> {
					send(id, id, Duration.ZERO);
					status.setRollbackOnly();
				});
				default -> send(id, id, Duration.ZERO);
			}
		}
	}

	private void run(String sender, boolean inTransactions, CountDownLatch end) {
		Random random = new Random(sender.hashCode());
		try {
			for (int number = 0; !end.await(random.nextInt(20), TimeUnit.MILLISECONDS);) {
				if (inTransactions) {
					int messages = 1 + random.nextInt(4);
					sendInTransaction(sender, number, messages, random);
					number += messages;
				}
				else {
					String id = sender + "-" + number++;
					send(id, id, Duration.ZERO);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void sendInTransaction(String sender, int first, int messages, Random random) {
		boolean rollback = random.nextInt(100) < ROLLED_BACK_PERCENT;
		List<String> ids = IntStream.range(first, first + messages)
			.mapToObj((number) -> sender + "-" + number)
			.toList();
		List<Long> begun = new ArrayList<>();
		try {
			boolean committed = Boolean.TRUE.equals(this.transactions.execute((status) -> {
				for (String id : ids) {
					this.jdbc.update("INSERT INTO BUSINESS (ID) VALUES (?)", id);
					begun.add(System.nanoTime());
					CompletableFuture<Delivery> delivery = this.client.send(OutboundMessage.text(id).withId(id));
					follow(delivery, id, System.nanoTime());
					if (delivery.isCompletedExceptionally()) {
						// the instance stops; the business row needs its message
						status.setRollbackOnly();
					}
					pause(random.nextInt(20));
				}
				if (rollback) {
					status.setRollbackOnly();
				}
				return !status.isRollbackOnly();
			}));
			if (committed) {
				long returned = System.nanoTime();
				IntStream.range(0, messages)
					.forEach((i) -> record("A " + ids.get(i) + " " + begun.get(i) + " " + returned));
			}
		}
		catch (TransactionException | DataAccessException ex) {
			// the table of the business says whether it was committed
		}
	}

	private CompletableFuture<Delivery> send(String id, String name, Duration ttl) {
		OutboundMessage message = OutboundMessage.text(name).withId(id);
		long begun = System.nanoTime();
		CompletableFuture<Delivery> delivery = this.client.send(ttl.isZero() ? message : message.withTimeToLive(ttl));
		long returned = System.nanoTime();
		if (!delivery.isCompletedExceptionally()) {
			record("A " + name + " " + begun + " " + returned);
		}
		follow(delivery, name, begun);
		return delivery;
	}

	private void follow(CompletableFuture<Delivery> delivery, String name, long begun) {
		delivery.whenComplete((done, failure) -> {
			if (failure == null) {
				record("D " + name + " " + System.nanoTime());
			}
			else {
				record("F " + name + " " + reason(failure) + " " + begun + " " + System.nanoTime());
			}
		});
	}

	private static String reason(Throwable failure) {
		if (failure instanceof WebSocketDeliveryException known) {
			return known.isStored() ? "STORED" : known.getReason().name();
		}
		return failure.getClass().getSimpleName();
	}

	private void pause(int millis) {
		try {
			this.stopping.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void record(String line) {
		try {
			this.records.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
