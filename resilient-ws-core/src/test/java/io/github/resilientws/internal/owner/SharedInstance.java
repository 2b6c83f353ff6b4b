package io.github.resilientws.internal.owner;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.jdbc.JdbcLineElection;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;
import io.github.resilientws.store.SharedOutboxStoreFactory;
import io.github.resilientws.store.jdbc.JdbcOutboxStoreFactory;

/**
 * One of several instances of an application, in this JVM.
 */
public final class SharedInstance implements AutoCloseable {

	private final JdbcLineElection election;

	private final JdbcOutboxStoreFactory stores;

	private final ResilientWebSocketClient client;

	/**
	 * Start an instance.
	 * @param name its name
	 * @param dataSource the database that the instances share
	 * @param url the server
	 * @param settings changes settings of its client
	 */
	public SharedInstance(String name, DataSource dataSource, URI url,
			Consumer<ResilientWebSocketClient.Builder> settings) {
		this.election = new JdbcLineElection(dataSource, "shop", Duration.ofSeconds(2), name, "RESILIENT_WS_",
				System::nanoTime);
		this.stores = new JdbcOutboxStoreFactory(dataSource, "shop", "RESILIENT_WS_");
		this.election.start();
		ResilientWebSocketClient.Builder builder = ResilientWebSocketClient.builder("orders", url)
			.component(LineElection.class, this.election)
			.component(SharedOutboxStoreFactory.class, this.stores)
			.header("X-Instance", name)
			.delivery((delivery) -> delivery.atLeastOnce().withWindow(64))
			.queue((queue) -> queue
				.withStore(StoreSettings.MEMORY.withKind(Kind.JDBC).withPollInterval(Duration.ofMillis(20))))
			.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(100), 1.5, Duration.ofMillis(500))
				.withJitter(Jitter.NONE));
		settings.accept(builder);
		this.client = builder.build();
	}

	/**
	 * Return the client.
	 * @return the client, not connected
	 */
	public ResilientWebSocketClient client() {
		return this.client;
	}

	/** Stop as a frozen process does: no heartbeat, no hand-over. */
	@Override
	public void close() {
		this.client.disconnect().join();
		this.election.close();
		this.stores.close();
	}

}
