package io.github.resilientws.endurance;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.ObjectName;

import io.github.resilientws.internal.connection.OpenConnection;

/**
 * What this JVM holds at one moment, after garbage collection.
 *
 * @param threads names of the threads
 * @param files open file descriptors
 * @param heap bytes in use
 * @param timers timers that wait in event loops
 * @param connections connections of clients, past and present
 */
record Footprint(List<String> threads, int files, long heap, long timers, long connections) {

	private static final int COLLECTIONS = 5;

	private static final Pattern HISTOGRAM_LINE = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)");

	static Footprint take() {
		Map<String, Long> instances = instances();
		return new Footprint(threadNames(), openFiles(), heapInUse(),
				instances.getOrDefault("io.netty.util.concurrent.ScheduledFutureTask", 0L),
				instances.getOrDefault(OpenConnection.class.getName(), 0L));
	}

	/**
	 * Return the least of several measurements.
	 * @return bytes in use right after a collection
	 */
	static long heapInUse() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	static List<String> threadNames() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !name.startsWith("awaitility"))
			.sorted()
			.toList();
	}

	private static int openFiles() {
		return Objects.requireNonNull(new File("/proc/self/fd").list(), "no /proc").length;
	}

	// of reachable objects
	private static Map<String, Long> instances() {
		try {
			String histogram = (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			Map<String, Long> result = new TreeMap<>();
			Matcher line = HISTOGRAM_LINE.matcher(histogram);
			while (line.find()) {
				result.put(line.group(2), Long.valueOf(line.group(1)));
			}
			return result;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "%d threads, %d file descriptors, %d KB of heap, %d timers, %d connections"
			.formatted(this.threads.size(), this.files, this.heap / 1024, this.timers, this.connections);
	}

}
