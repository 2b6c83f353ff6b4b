package io.github.resilientws.test.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Several instances of a Spring Boot application in one JVM, over one database: for tests
 * of clients with {@code cluster.mode: one} or {@code queue.store: jdbc}.
 *
 * <pre class="code">
 * try (ApplicationInstances instances = ApplicationInstances.builder(OrderApplication.class)
 *         .server("exchange", server)
 *         .start(2)) {
 *     instances.kill(instances.awaitOwner("exchange", Duration.ofSeconds(10)));
 *     instances.awaitOwner("exchange", Duration.ofSeconds(10));
 * }
 * </pre> The database is an H2 in memory, unless the property
 * {@code spring.datasource.url} names another one. The lease is one second, and the owner
 * looks for messages of other instances every 50 ms. The clients connect to their
 * servers, and otherwise to loopback only. Used by one thread.
 *
 * @since 0.1
 */
public final class ApplicationInstances implements AutoCloseable {

	private static final String DATABASE_URL = "spring.datasource.url";

	private static final Duration LONGEST_CLOSE = Duration.ofMinutes(1);

	private final Class<?> application;

	private final Map<String, TestWebSocketServer> servers;

	private final Map<String, Object> properties;

	private final List<ApplicationInstance> running = new ArrayList<>();

	private final List<Thread> killed = new ArrayList<>();

	private int started;

	private ApplicationInstances(Class<?> application, Map<String, TestWebSocketServer> servers,
			Map<String, Object> properties) {
		this.application = application;
		this.servers = servers;
		this.properties = properties;
	}

	/**
	 * Prepare instances of an application.
	 * @param application class of the application, or another configuration class
	 * @return what they have in common, to be started
	 */
	public static Builder builder(Class<?> application) {
		return new Builder(application);
	}

	/**
	 * Start one more instance. Blocks until it runs.
	 * @return the instance
	 */
	public ApplicationInstance start() {
		int number = ++this.started;
		InstanceIsolation isolation = new InstanceIsolation();
		List<String> arguments = new ArrayList<>(List.of("--HOSTNAME=instance-" + number));
		this.properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(this.application)
			.initializers((starting) -> prepare(starting.getBeanFactory(), isolation))
			.run(arguments.toArray(String[]::new));
		ApplicationInstance instance = new ApplicationInstance(number, context, isolation);
		this.running.add(instance);
		return instance;
	}

	private void prepare(ConfigurableListableBeanFactory beanFactory, InstanceIsolation isolation) {
		beanFactory.addBeanPostProcessor(isolation);
		// no bean post-processor by type, which Spring would count twice
		WebSocketTransportDecorator decorator = isolation::decorate;
		beanFactory.registerSingleton(InstanceIsolation.BEAN_NAME, decorator);
		beanFactory.registerSingleton(PeersContextCustomizer.GUARD_BEAN_NAME, new PeerGuard(this.servers, Set.of()));
	}

	/**
	 * Return the instances that run.
	 * @return a copy, in the order of their start
	 */
	public List<ApplicationInstance> running() {
		return List.copyOf(this.running);
	}

	/**
	 * Return the instance that owns the line of a client.
	 * @param client name of the client
	 * @return the owner, connected or not
	 * @throws IllegalStateException if no instance owns the line, or each has its own
	 * connection
	 */
	public ApplicationInstance owner(String client) {
		ApplicationInstance owner = findOwner(client);
		Assert.state(owner != null,
				() -> "No instance owns the line of the client '" + client + "': " + states(client));
		return owner;
	}

	/**
	 * Return an instance whose client stands by.
	 * @param client name of the client
	 * @return the first one
	 * @throws IllegalStateException if no client stands by
	 */
	public ApplicationInstance standby(String client) {
		ApplicationInstance standby = findStandby(client);
		Assert.state(standby != null, () -> "The client '" + client + "' stands by in no instance: " + states(client));
		return standby;
	}

	/**
	 * Wait until one of the running instances owns the line of a client.
	 * @param client name of the client
	 * @param limit longest wait
	 * @return the owner, connected or not
	 * @throws AssertionError if no instance owns the line in time
	 * @throws IllegalStateException if each instance has its own connection
	 */
	public ApplicationInstance awaitOwner(String client, Duration limit) {
		return await("owns the line of", client, limit, this::findOwner);
	}

	/**
	 * Wait until the client of a running instance stands by.
	 * @param client name of the client
	 * @param limit longest wait
	 * @return the first one
	 * @throws AssertionError if no client stands by in time
	 */
	public ApplicationInstance awaitStandby(String client, Duration limit) {
		return await("stands by for", client, limit, this::findStandby);
	}

	private ApplicationInstance await(String role, String client, Duration limit,
			Function<String, @Nullable ApplicationInstance> finder) {
		long end = System.nanoTime() + limit.toNanos();
		ApplicationInstance found = finder.apply(client);
		while (found == null) {
			if (System.nanoTime() - end >= 0) {
				throw new AssertionError(
						"No instance " + role + " the client '" + client + "' within " + limit + ": " + states(client));
			}
			pause();
			found = finder.apply(client);
		}
		return found;
	}

	private static void pause() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for an instance", ex);
		}
	}

	private @Nullable ApplicationInstance findOwner(String client) {
		List<ApplicationInstance> owners = this.running.stream()
			.filter((instance) -> instance.isOwner(client))
			.toList();
		Assert.state(owners.size() < 2, () -> "The client '" + client + "' is connected by " + owners.size()
				+ " instances: does it have 'cluster.mode: one'?");
		return owners.isEmpty() ? null : owners.get(0);
	}

	private @Nullable ApplicationInstance findStandby(String client) {
		return this.running.stream()
			.filter((instance) -> instance.getClient(client).getState() == ConnectionState.STANDBY)
			.findFirst()
			.orElse(null);
	}

	private List<String> states(String client) {
		return this.running.stream()
			.map((instance) -> instance + " is " + instance.getClient(client).getState())
			.toList();
	}

	/**
	 * End an instance as the end of its process would, without a hand-over: its
	 * connections to servers and databases end, transactions are rolled back, and nothing
	 * is sent or written later. Its context is closed in the background.
	 * @param instance a running instance
	 */
	public void kill(ApplicationInstance instance) {
		remove(instance);
		instance.isolate();
		Thread closer = new Thread(instance.getContext()::close, "killed " + instance);
		closer.setDaemon(true);
		closer.start();
		this.killed.add(closer);
	}

	/**
	 * Stop an instance, which hands its lines over. Blocks until it has stopped.
	 * @param instance a running instance
	 */
	public void stop(ApplicationInstance instance) {
		remove(instance);
		instance.getContext().close();
	}

	private void remove(ApplicationInstance instance) {
		Assert.isTrue(this.running.remove(instance), () -> "'" + instance + "' does not run");
	}

	/** Stop all instances, and forget the database in memory. */
	@Override
	public void close() {
		running().forEach(this::stop);
		this.killed.forEach(ApplicationInstances::join);
		MemoryDatabase.drop(String.valueOf(this.properties.get(DATABASE_URL)));
	}

	private static void join(Thread thread) {
		try {
			thread.join(LONGEST_CLOSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What the instances have in common.
	 */
	public static final class Builder {

		private final Class<?> application;

		private final Map<String, TestWebSocketServer> servers = new LinkedHashMap<>();

		private final Map<String, Object> properties = new LinkedHashMap<>();

		private Builder(Class<?> application) {
			this.application = application;
			property("server.port", 0);
			property("spring.main.banner-mode", "off");
			property("resilient-ws.cluster.group", "test-" + UUID.randomUUID());
			property("resilient-ws.cluster.lease", "1s");
			property("resilient-ws.jdbc.initialize-schema", "always");
			property("resilient-ws.defaults.queue.poll-interval", "50ms");
			property("resilient-ws.defaults.reconnect.initial-delay", "100ms");
		}

		/**
		 * Let a client connect to a server, whatever its configuration says. The caller
		 * closes the server.
		 * @param client name of the client, which is created if it is not configured
		 * @param server the server
		 * @return this builder
		 */
		public Builder server(String client, TestWebSocketServer server) {
			this.servers.put(client, server);
			return property("resilient-ws.clients." + client + ".url", server.url());
		}

		/**
		 * Set a property of all instances. It overrides the configuration of the
		 * application and the defaults of this class.
		 * @param name name of the property
		 * @param value its value
		 * @return this builder
		 */
		public Builder property(String name, Object value) {
			this.properties.put(name, value);
			return this;
		}

		/**
		 * Start instances, one after the other. Blocks until they run.
		 * @param count number of instances
		 * @return the instances, to be closed by the caller
		 */
		public ApplicationInstances start(int count) {
			Assert.isTrue(count > 0, () -> "'count' is " + count + ", but must be positive");
			if (!this.properties.containsKey(DATABASE_URL)) {
				property(DATABASE_URL, MemoryDatabase.newUrl());
				property("spring.datasource.driver-class-name", MemoryDatabase.DRIVER);
				property("spring.datasource.username", MemoryDatabase.USER);
				property("spring.datasource.password", "");
			}
			ApplicationInstances instances = new ApplicationInstances(this.application, Map.copyOf(this.servers),
					Map.copyOf(this.properties));
			try {
				for (int i = 0; i < count; i++) {
					instances.start();
				}
				return instances;
			}
			catch (RuntimeException | Error ex) {
				instances.close();
				throw ex;
			}
		}

	}

}
