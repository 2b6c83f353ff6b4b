package io.github.resilientws.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.resilientws.benchmarks.process.JvmProcess;
import io.github.resilientws.benchmarks.process.ServerProcess;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;

/**
 * Starts a Spring Boot application without clients, with one and with a hundred: from the
 * start of its JVM until it is ready.
 */
final class StartupBenchmark implements Section {

	private static final List<Integer> CLIENTS = List.of(0, 1, 100);

	@Override
	public void run(Environment environment, Report report) throws Exception {
		report.heading("Start-up");
		Map<Integer, Samples> seconds = new LinkedHashMap<>();
		CLIENTS.forEach((clients) -> seconds.put(clients, new Samples()));
		try (ServerProcess server = environment.startServer()) {
			environment.interleave(CLIENTS, (clients, counts) -> {
				// each start is a new JVM, so that there is nothing to warm up
				if (counts) {
					seconds.get(clients).add(start(environment, server, clients));
				}
			});
		}
		Table table = new Table("Clients in the application", "start-up, s", "x without clients");
		seconds.forEach((clients, samples) -> table.row(Integer.toString(clients), samples.format(),
				samples.ratio(seconds.get(0))));
		report.table(table);
	}

	private static double start(Environment environment, ServerProcess server, int clients) throws Exception {
		StringBuilder properties = new StringBuilder();
		for (int i = 0; i < clients; i++) {
			properties.append("resilient-ws.clients.c").append(i).append(".url=").append(server.url()).append('\n');
		}
		Path file = environment.directory().resolve("application.properties");
		Files.writeString(file, properties);
		try (JvmProcess process = JvmProcess.start(environment.classPath(false), List.of("-Xmx512m"), StartupMain.class,
				"--spring.config.location=file:" + file)) {
			return Double.parseDouble(process.readAnswer()[0]);
		}
	}

}
