package io.github.resilientws.benchmarks.process;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.resilientws.benchmarks.engine.Engine;
import io.github.resilientws.benchmarks.engine.Engine.Connection;
import io.github.resilientws.benchmarks.engine.EngineType;
import io.github.resilientws.benchmarks.engine.Inbox;

/**
 * Runs in the JVM of an engine.
 */
public final class EngineMain {

	private static final int LIMIT_SECONDS = 60;

	private final Engine engine;

	private final List<Connection> connections = new ArrayList<>();

	private final List<Inbox> inboxes = new ArrayList<>();

	private final ExecutorService senders = Executors.newCachedThreadPool();

	private EngineMain(Engine engine) {
		this.engine = engine;
	}

	public static void main(String[] args) throws Exception {
		JvmProcess.serve(new EngineMain(EngineType.valueOf(args[0]).create())::answer);
		System.exit(0);
	}

	private String answer(String[] command) throws Exception {
		return switch (command[0]) {
			case "connect" -> connect(URI.create(command[1]), Integer.parseInt(command[2]));
			case "disconnect" -> disconnect();
			default -> run(Load.parse(command[1], command[2], command[3]), Long.parseLong(command[4])).format();
		};
	}

	private String connect(URI url, int number) throws Exception {
		for (int i = 0; i < number; i++) {
			Inbox inbox = new Inbox();
			this.inboxes.add(inbox);
			this.connections.add(this.engine.connect(url, inbox));
		}
		return "connected";
	}

	private String disconnect() throws Exception {
		for (Connection connection : this.connections) {
			connection.close();
		}
		this.connections.clear();
		this.inboxes.clear();
		return "disconnected";
	}

	private Measurement run(Load load, long messages) throws Exception {
		return switch (load.kind()) {
			case SEND -> send(load, Math.max(1, messages / load.threads() / this.connections.size()));
			case RECEIVE -> receive(load, Math.max(1, messages / this.connections.size()));
			case ECHO -> echo(load, (int) Math.max(1, messages));
		};
	}

	private Measurement send(Load load, long share) throws Exception {
		boolean acknowledged = this.connections.get(0).isAcknowledged();
		String text = "x".repeat(load.size());
		CountDownLatch arrived = expect(1);
		if (!acknowledged) {
			this.connections.forEach((connection) -> connection.send(ServerConnection.COUNT + share * load.threads()));
		}
		Usage usage = Usage.start();
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < load.threads(); i++) {
			running.add(this.senders.submit(() -> {
				for (long j = 0; j < share - 1; j++) {
					for (Connection connection : this.connections) {
						connection.send(text);
					}
				}
				for (Connection connection : this.connections) {
					if (acknowledged) {
						connection.sendAndWait(text);
					}
					else {
						connection.send(text);
					}
				}
			}));
		}
		for (Future<?> sender : running) {
			sender.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		if (!acknowledged) {
			await(arrived);
		}
		return usage.measure(share * load.threads() * this.connections.size(), 0);
	}

	private Measurement receive(Load load, long share) throws Exception {
		CountDownLatch arrived = expect(share);
		Usage usage = Usage.start();
		this.connections.forEach((connection) -> connection.send(ServerConnection.PUSH + share + " " + load.size()));
		await(arrived);
		return usage.measure(share * this.connections.size(), 0);
	}

	private Measurement echo(Load load, int messages) throws Exception {
		String text = ServerConnection.ECHO + "x".repeat(load.size() - 1);
		EchoRun run = new EchoRun(this.connections.get(0), text, messages);
		this.inboxes.get(0).passTo(run);
		Usage usage = Usage.start();
		run.start();
		await(run.ended());
		return usage.measure(messages, run.medianNanos());
	}

	private CountDownLatch expect(long messages) {
		CountDownLatch arrived = new CountDownLatch(this.inboxes.size());
		this.inboxes.forEach((inbox) -> inbox.passTo(new MessageCounter(messages, arrived)));
		return arrived;
	}

	private static void await(CountDownLatch latch) throws InterruptedException, TimeoutException {
		if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
			throw new TimeoutException("messages are missing on " + latch.getCount() + " connections");
		}
	}

}
