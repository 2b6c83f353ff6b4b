package io.github.resilientws.store.file;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * A JVM that holds a store until it is killed, and reports the promises of the store line
 * by line: {@code A <sender> <position>} after an append is done,
 * {@code R <sender> <position>} before a removal is asked for.
 */
public final class StoreProcess {

	private StoreProcess() {
	}

	/**
	 * Start the JVM.
	 * @param directory of the store
	 * @param sync the policy
	 * @param senders how many threads append, each waiting for its own
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	static Process start(Path directory, Sync sync, int senders) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), StoreProcess.class.getName(),
				directory.toString(), sync.name(), Integer.toString(senders))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
	}

	public static void main(String[] args) throws Exception {
		RecordStore store = new FileOutboxStoreFactory(Path.of(args[0]), Sync.valueOf(args[1]), Duration.ofMillis(10))
			.openRecords("chat");
		List<Long> left = new ArrayList<>();
		store.recover((one) -> left.add(one.position()));
		int senders = Integer.parseInt(args[2]);
		AtomicLong position = new AtomicLong((left.isEmpty()) ? 0 : left.get(left.size() - 1) + 1);
		try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
			print(out, "held");
			for (int i = 0; i < senders; i++) {
				int sender = i;
				Thread thread = new Thread(() -> send(store, out, sender, position));
				thread.setDaemon(true);
				thread.start();
			}
			// ends with the parent
			System.in.read();
		}
	}

	static byte[] content(long position) {
		byte[] content = new byte[(int) (20 + position % 400)];
		new Random(position).nextBytes(content);
		return content;
	}

	static boolean isWhole(StoredRecord one) {
		return Arrays.equals(one.content(), content(one.position()));
	}

	private static void send(RecordStore store, FileOutputStream out, int sender, AtomicLong positions) {
		Deque<Long> mine = new ArrayDeque<>();
		while (true) {
			long position = positions.getAndIncrement();
			store.append(List.of(new StoredRecord(position, content(position)))).join();
			print(out, "A " + sender + " " + position);
			mine.add(position);
			if (mine.size() > 5) {
				long removed = mine.poll();
				// some stay for ever
				if (removed % 10 != 0) {
					print(out, "R " + sender + " " + removed);
					store.remove(new long[] { removed });
				}
			}
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
