package io.github.resilientws.endurance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * A client for a process of its own, which sends until it is killed, and prints each
 * message once {@code send} accepted it; without senders it prints when its outbox is
 * empty. With own ids they come from the sender, otherwise from the sequence.
 */
public final class KilledClient {

	private KilledClient() {
	}

	/**
	 * Run until standard input ends.
	 * @param args URL, directory, sync policy, number of this run, senders, whether
	 * senders choose ids
	 */
	public static void main(String[] args) throws IOException {
		StoreSettings store = StoreSettings.file(Path.of(args[1]))
			.withSync(Sync.valueOf(args[2]))
			.withSyncInterval(Duration.ofMillis(100));
		boolean ownIds = Boolean.parseBoolean(args[5]);
		ResilientWebSocketClient client = ResilientWebSocketClient.builder("killed", URI.create(args[0]))
			.delivery((delivery) -> delivery.atLeastOnce()
				.withWindow(64)
				.withAckTimeout(Duration.ofMillis(500))
				.withMaxAttempts(100)
				.withEnvelope("{\"id\":{{id}},\"data\":{{payload}}}", (ownIds) ? IdType.UUID : IdType.SEQUENCE))
			.queue((queue) -> queue.withStore(store).withBounds(2000, 0))
			.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(100), 1.5, Duration.ofMillis(500))
				.withJitter(Jitter.NONE))
			.build();
		client.connect();
		FileOutputStream out = new FileOutputStream(FileDescriptor.out);
		print(out, "started");
		for (int i = 0; i < Integer.parseInt(args[4]); i++) {
			String sender = args[3] + "-" + i;
			Thread thread = new Thread(() -> send(client, out, sender, ownIds));
			thread.setDaemon(true);
			thread.start();
		}
		if (args[4].equals("0")) {
			awaitEmpty(client);
			print(out, "drained");
		}
		while (System.in.read() != -1) {
			// until the parent ends
		}
		System.exit(0);
	}

	private static void awaitEmpty(ResilientWebSocketClient client) {
		while (client.getState() != ConnectionState.READY || client.getStatistics().getQueueSize() > 0) {
			pause();
		}
	}

	private static void send(ResilientWebSocketClient client, FileOutputStream out, String sender, boolean ownIds) {
		for (int i = 0;; i++) {
			String payload = payload(sender, i);
			OutboundMessage message = OutboundMessage.text(payload);
			// a refused one is failed already; the next one would be out of order
			while (client.send((ownIds) ? message.withId(sender + "-" + i) : message).isCompletedExceptionally()) {
				pause();
			}
			print(out, "A " + payload);
		}
	}

	static String payload(String sender, int number) {
		return sender + " " + number + " " + "x".repeat(number % 200);
	}

	private static void pause() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void print(FileOutputStream out, String line) {
		try {
			out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			// the parent is gone
			Runtime.getRuntime().halt(1);
		}
	}

}
