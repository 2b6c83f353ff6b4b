package io.github.resilientws.benchmarks.process;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Time, processor time and allocated memory of this JVM since a start. The memory is that
 * of threads that still live, which all threads of a measurement do.
 *
 * @param startedAt time of the start
 * @param cpuNanos processor time of the JVM until then
 * @param bytes bytes that each thread had allocated until then
 */
record Usage(long startedAt, long cpuNanos, Map<Long, Long> bytes) {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	static Usage start() {
		Map<Long, Long> bytes = allocated();
		return new Usage(System.nanoTime(), SYSTEM.getProcessCpuTime(), bytes);
	}

	Measurement measure(long messages, double medianNanos) {
		double nanos = System.nanoTime() - this.startedAt;
		double cpu = SYSTEM.getProcessCpuTime() - this.cpuNanos;
		double allocated = 0;
		for (Map.Entry<Long, Long> thread : allocated().entrySet()) {
			allocated += thread.getValue() - this.bytes.getOrDefault(thread.getKey(), 0L);
		}
		return new Measurement(messages * 1e9 / nanos, cpu / messages, allocated / messages, medianNanos);
	}

	private static Map<Long, Long> allocated() {
		long[] threads = THREADS.getAllThreadIds();
		long[] bytes = THREADS.getThreadAllocatedBytes(threads);
		Map<Long, Long> result = new HashMap<>();
		for (int i = 0; i < threads.length; i++) {
			if (bytes[i] >= 0) {
				result.put(threads[i], bytes[i]);
			}
		}
		return result;
	}

}
