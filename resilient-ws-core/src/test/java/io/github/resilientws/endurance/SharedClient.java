package io.github.resilientws.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.jdbc.JdbcLineElection;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;
import io.github.resilientws.store.SharedOutboxStoreFactory;
import io.github.resilientws.store.StoreMonitor;
import io.github.resilientws.store.jdbc.JdbcOutboxStoreFactory;

/**
 * A JVM with one instance of a client whose messages are in a database that several
 * instances share. It executes commands from standard input, and ends with it or by
 * SIGTERM.
 */
public final class SharedClient implements AutoCloseable {

	static final Duration LEASE = Duration.ofSeconds(2);

	static final int WINDOW = 64;

	static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);

	private final HikariDataSource pool;

	private final JdbcLineElection election;

	private final JdbcOutboxStoreFactory stores;

	private final ResilientWebSocketClient client;

	private final SharedSenders senders;

	private SharedClient(Map<String, String> options) throws IOException {
		String name = options.get("name");
		this.pool = pool(options.get("database"));
		DataSource unpooled = new DriverManagerDataSource(options.get("database"));
		this.election = new JdbcLineElection(unpooled, "shop", LEASE, name, "RESILIENT_WS_", System::nanoTime);
		this.stores = new JdbcOutboxStoreFactory(this.pool, unpooled, "shop", "RESILIENT_WS_", StoreMonitor.NONE);
		this.election.start();
		Duration ttl = Duration.parse(options.getOrDefault("ttl", "PT0S"));
		this.client = ResilientWebSocketClient.builder("orders", URI.create(options.get("url")))
			.component(LineElection.class, this.election)
			.component(SharedOutboxStoreFactory.class, this.stores)
			.header("X-Instance", name)
			.header("X-Fence", "{{fence}}")
			.delivery((delivery) -> delivery.atLeastOnce()
				.withWindow(WINDOW)
				.withAckTimeout(Duration.ofSeconds(5))
				.withMaxAttempts(100)
				.withEnvelope("{\"id\":{{id}},\"data\":{{payload}}}", IdType.UUID))
			.queue((queue) -> queue
				.withStore(StoreSettings.MEMORY.withKind(Kind.JDBC)
					.withPollInterval(Duration.ofMillis(50))
					.withStoreTimeout(STORE_TIMEOUT))
				.withBounds(200_000, 0)
				.withTtl(ttl))
			.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(100), 1.5, Duration.ofMillis(500))
				.withJitter(Jitter.NONE))
			.build();
		this.senders = new SharedSenders(name, this.client, this.pool, Path.of(options.get("directory"), name));
	}

	private static HikariDataSource pool(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(24);
		config.setMinimumIdle(4);
		config.setConnectionTimeout(1000);
		config.setInitializationFailTimeout(-1);
		return new HikariDataSource(config);
	}

	/**
	 * Run.
	 * @param arguments {@code name}, {@code url} of the server, {@code database},
	 * {@code directory} for records, and optional settings, each as {@code key=value}
	 */
	public static void main(String[] arguments) throws Exception {
		Map<String, String> options = Arrays.stream(arguments)
			.map((argument) -> argument.split("=", 2))
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
		SharedClient instance = new SharedClient(options);
		Runtime.getRuntime().addShutdownHook(new Thread(instance::close));
		if (!options.containsKey("offline")) {
			instance.client.connect().join();
		}
		System.out.println("started");
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			System.out.println(instance.execute(command.split(" ")));
		}
		System.exit(0);
	}

	private String execute(String[] command) throws InterruptedException {
		switch (command[0]) {
			case "send" -> this.senders.start(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
			case "pause" -> this.senders.stop();
			case "burst" -> this.senders.burst(Integer.parseInt(command[1]));
			case "time" -> {
				return Long.toString(System.nanoTime());
			}
			case "date" -> {
				return Long.toString(System.currentTimeMillis());
			}
			default -> throw new IllegalArgumentException(command[0]);
		}
		return "done";
	}

	@Override
	public void close() {
		this.client.disconnect().join();
		this.election.close();
		this.stores.close();
	}

}
