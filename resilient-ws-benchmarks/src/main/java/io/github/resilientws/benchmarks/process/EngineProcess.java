package io.github.resilientws.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.resilientws.benchmarks.engine.EngineType;

/**
 * An engine in its own JVM, so that no engine suffers from what the compiler learned from
 * another. It stays from the first warm-up to the last round.
 */
public final class EngineProcess implements AutoCloseable {

	private static final int FIRST_MESSAGES = 2_000;

	private final JvmProcess process;

	private final Map<Load, Double> rates = new HashMap<>();

	private EngineProcess(JvmProcess process) {
		this.process = process;
	}

	/**
	 * Start an engine. All use NIO, since native transports are not available to all.
	 * @param type kind of the engine
	 * @param classPath class path of its JVM
	 * @param certificate certificate of the server
	 * @return the engine
	 * @throws IOException if it fails
	 */
	public static EngineProcess start(EngineType type, String classPath, Certificate certificate) throws IOException {
		List<String> options = new ArrayList<>(certificate.options());
		options.addAll(List.of("-Xms512m", "-Xmx512m", "-Dio.netty.transport.noNative=true"));
		return new EngineProcess(JvmProcess.start(classPath, options, EngineMain.class, type.name()));
	}

	/**
	 * Open connections.
	 * @param url address of the server
	 * @param number number of connections
	 * @throws IOException if it fails
	 */
	public void connect(URI url, int number) throws IOException {
		this.process.ask("connect " + url + " " + number);
	}

	/**
	 * Close all connections.
	 * @throws IOException if it fails
	 */
	public void disconnect() throws IOException {
		this.process.ask("disconnect");
	}

	/**
	 * Put load on the connections, a little at a time, so that it takes the time even if
	 * the engine becomes faster.
	 * @param load the load
	 * @param millis the time
	 * @throws IOException if it fails
	 */
	public void warmUp(Load load, int millis) throws IOException {
		long start = System.nanoTime();
		while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(millis)) {
			run(load, millis / 4);
		}
	}

	/**
	 * Put load on the connections for some time: as many messages as the time takes by
	 * the rate of the previous call.
	 * @param load the load
	 * @param millis the time
	 * @return what was measured
	 * @throws IOException if it fails
	 */
	public Measurement run(Load load, int millis) throws IOException {
		Double rate = this.rates.get(load);
		long messages = (rate != null) ? (long) (rate * millis / 1000) : FIRST_MESSAGES;
		Measurement result = Measurement.parse(this.process.ask("run " + load.format() + " " + messages));
		this.rates.put(load, result.rate());
		return result;
	}

	@Override
	public void close() throws InterruptedException {
		this.process.close();
	}

}
