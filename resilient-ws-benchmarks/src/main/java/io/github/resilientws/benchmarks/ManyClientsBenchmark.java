package io.github.resilientws.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.benchmarks.process.ClientsProcess;
import io.github.resilientws.benchmarks.process.ServerProcess;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;

/**
 * Memory of an idle client, and the time until many clients are ready: after their
 * creation, and after a restart of their server. Each row has a JVM of its own with 512
 * MB.
 */
final class ManyClientsBenchmark implements Section {

	private static final int IDLE = 1_000;

	private static final int MANY = Integer.getInteger("clients", 10_000);

	private static final int MANY_ROUNDS = Integer.getInteger("clients.rounds", 1);

	@Override
	public void run(Environment environment, Report report) throws Exception {
		report.heading("Many clients");
		List<Contender> contenders = environment.present(Contender.RESILIENT, Contender.BEFORE);
		Table idle = new Table("1,000 idle clients", "transport", "heap per client, bytes", "threads per client");
		for (Contender contender : contenders) {
			idle(environment, contender, false, idle);
			idle(environment, contender, true, idle);
		}
		report.table(idle);
		Table ready = new Table(String.format("%,d clients", MANY), "all ready, s",
				"all ready after the server is back, s");
		for (Contender contender : contenders) {
			ready(environment, contender, ready);
		}
		report.table(ready);
	}

	private void idle(Environment environment, Contender contender, boolean nativeTransport, Table table)
			throws Exception {
		try (ServerProcess server = environment.startServer();
				ClientsProcess clients = ClientsProcess.start(environment.classPath(contender.before()),
						nativeTransport)) {
			clients.connect(server.url(), 100);
			long heap = clients.heap();
			int threads = clients.threads();
			clients.connect(server.url(), IDLE);
			table.row(contender.label(), (nativeTransport) ? "epoll" : "NIO",
					Samples.number((double) (clients.heap() - heap) / IDLE),
					Samples.number((double) (clients.threads() - threads) / IDLE));
		}
	}

	private void ready(Environment environment, Contender contender, Table table) throws Exception {
		Samples first = new Samples();
		Samples again = new Samples();
		for (int round = 0; round < MANY_ROUNDS; round++) {
			List<ServerProcess> servers = new ArrayList<>(List.of(environment.startServer()));
			try (ClientsProcess clients = ClientsProcess.start(environment.classPath(contender.before()), false)) {
				long start = System.nanoTime();
				clients.connect(servers.get(0).url(), MANY);
				first.add(secondsSince(start));
				servers.get(0).close();
				clients.awaitLost();
				servers.add(environment.startServer(servers.get(0).url().getPort()));
				start = System.nanoTime();
				clients.awaitReady();
				again.add(secondsSince(start));
			}
			finally {
				for (ServerProcess server : servers) {
					server.close();
				}
			}
		}
		table.row(contender.label(), first.format(), again.format());
	}

	private static double secondsSince(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

}
