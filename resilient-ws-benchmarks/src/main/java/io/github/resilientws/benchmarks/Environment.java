package io.github.resilientws.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.benchmarks.process.Certificate;
import io.github.resilientws.benchmarks.process.EngineProcess;
import io.github.resilientws.benchmarks.process.ServerProcess;

/**
 * What all sections share: directories, class paths, the number of rounds, and the JVMs
 * of engines, which stay until the end.
 */
final class Environment implements AutoCloseable {

	private static final int WARM_UPS = 3;

	private final Path directory;

	private final int rounds;

	private final String before;

	private final Certificate certificate;

	private final Map<Contender, EngineProcess> engines = new LinkedHashMap<>();

	private final Random random = new Random(1);

	/**
	 * Create an environment.
	 * @param directory for files of the measurements
	 * @param rounds number of rounds that count
	 * @param before older classes of this project, a directory or a jar, or an empty text
	 * @throws Exception if it fails
	 */
	Environment(Path directory, int rounds, String before) throws Exception {
		this.directory = directory.toAbsolutePath();
		this.rounds = rounds;
		this.before = before;
		this.certificate = Certificate.create(this.directory);
	}

	Path directory() {
		return this.directory;
	}

	int rounds() {
		return this.rounds;
	}

	ServerProcess startServer() throws IOException {
		return startServer(0);
	}

	ServerProcess startServer(int port) throws IOException {
		return ServerProcess.start(this.certificate, port);
	}

	/**
	 * Return those that can take part.
	 * @param contenders the candidates
	 * @return all, or all but older versions of this project if none is given
	 */
	List<Contender> present(Contender... contenders) {
		return Stream.of(contenders).filter((contender) -> !contender.before() || !this.before.isEmpty()).toList();
	}

	EngineProcess engine(Contender contender) throws IOException {
		EngineProcess engine = this.engines.get(contender);
		if (engine == null) {
			engine = EngineProcess.start(contender.type(), classPath(contender.before()), this.certificate);
			this.engines.put(contender, engine);
		}
		return engine;
	}

	/**
	 * Return a class path.
	 * @param older whether with the older classes of this project
	 * @return the class path of this JVM, or the same with the older classes
	 */
	String classPath(boolean older) {
		String classPath = System.getProperty("java.class.path");
		if (!older) {
			return classPath;
		}
		Path current = Path
			.of(ResilientWebSocketClient.class.getProtectionDomain().getCodeSource().getLocation().getPath());
		return Stream.of(classPath.split(File.pathSeparator))
			.map((entry) -> (Path.of(entry).toAbsolutePath().equals(current)) ? this.before : entry)
			.reduce((first, second) -> first + File.pathSeparator + second)
			.orElseThrow();
	}

	/**
	 * Measure each candidate in each round, in shuffled order. The first rounds warm up.
	 * @param candidates the candidates
	 * @param step measures one of them
	 * @param <C> type of a candidate
	 * @throws Exception if a measurement fails
	 */
	<C> void interleave(List<C> candidates, Step<C> step) throws Exception {
		for (int round = -WARM_UPS; round < this.rounds; round++) {
			List<C> order = new ArrayList<>(candidates);
			Collections.shuffle(order, this.random);
			for (C candidate : order) {
				step.measure(candidate, round >= 0);
			}
		}
	}

	@Override
	public void close() throws InterruptedException {
		for (EngineProcess engine : this.engines.values()) {
			engine.close();
		}
	}

	/**
	 * Measures a candidate once.
	 *
	 * @param <C> type of a candidate
	 */
	@FunctionalInterface
	interface Step<C> {

		void measure(C candidate, boolean counts) throws Exception;

	}

}
