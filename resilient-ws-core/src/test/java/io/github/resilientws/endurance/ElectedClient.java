package io.github.resilientws.endurance;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.postgresql.ds.PGSimpleDataSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.jdbc.JdbcLineElection;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.settings.ReconnectSettings.Jitter;

/**
 * A JVM whose client takes part in an election, and sends as long as it owns the line.
 */
public final class ElectedClient {

	static final Duration LEASE = Duration.ofSeconds(2);

	private ElectedClient() {
	}

	/**
	 * Run until standard input ends.
	 * @param args URL of the server, URL of the database, name of the instance
	 */
	public static void main(String[] args) throws IOException {
		PGSimpleDataSource database = new PGSimpleDataSource();
		database.setUrl(args[1]);
		JdbcLineElection election = new JdbcLineElection(database, "shop", LEASE, args[2], "RESILIENT_WS_",
				System::nanoTime);
		election.start();
		ResilientWebSocketClient client = ResilientWebSocketClient.builder("feed", URI.create(args[0]))
			.cluster((cluster) -> cluster.withMode(Mode.ONE))
			.component(LineElection.class, election)
			.header("X-Instance", args[2])
			.header("X-Fence", "{{fence}}")
			.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(100), 1.5, Duration.ofMillis(500))
				.withJitter(Jitter.NONE))
			.build();
		client.connect();
		Executors.newSingleThreadScheduledExecutor()
			.scheduleWithFixedDelay(() -> client.send("tick"), 0, 10, TimeUnit.MILLISECONDS);
		System.out.println("started");
		while (System.in.read() != -1) {
			// until the parent ends
		}
		client.disconnect().join();
		election.close();
		System.exit(0);
	}

}
