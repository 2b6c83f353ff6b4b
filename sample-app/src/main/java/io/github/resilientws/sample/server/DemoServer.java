package io.github.resilientws.sample.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A chat server on a loopback port whose faults can be switched on.
 */
@Component
public class DemoServer implements SmartLifecycle {

	private static final int FLOOD = 50_000;

	private static final Log logger = LogFactory.getLog(DemoServer.class);

	private final DemoServerProperties properties;

	private final FaultState faults;

	private final Rooms rooms;

	private final ChatProtocol protocol;

	private final OrderBook orders;

	private final ApplicationEventPublisher events;

	private final AlertSource alerts = new AlertSource();

	private @Nullable ScheduledExecutorService timer;

	private @Nullable ScheduledFuture<?> repair;

	private @Nullable ServerSocket listener;

	private int port;

	DemoServer(DemoServerProperties properties, Rooms rooms, ChatProtocol protocol, OrderBook orders, Clock clock,
			ApplicationEventPublisher events) {
		this.properties = properties;
		this.faults = new FaultState(clock);
		this.rooms = rooms;
		this.protocol = protocol;
		this.orders = orders;
		this.events = events;
		this.port = properties.port();
	}

	/**
	 * Return the port.
	 * @return the port that the server listens on
	 */
	public synchronized int port() {
		return this.port;
	}

	/**
	 * Return the status of the server.
	 * @return the present fault, if any, and its counters
	 */
	public DemoServerStatus status() {
		return this.faults.status(this.orders);
	}

	/**
	 * Switch a fault on. The server recovers by itself.
	 * @param fault the fault
	 */
	public synchronized void breakWith(Fault fault) {
		if (this.timer == null) {
			return;
		}
		repair();
		logger.info("Demo server: " + fault.id());
		if (!fault.duration().isZero()) {
			this.faults.begin(fault);
			this.repair = this.timer.schedule(this::repair, fault.duration().toMillis(), TimeUnit.MILLISECONDS);
		}
		if (fault == Fault.DROP) {
			closeListener();
		}
		if (fault.cutsConnections()) {
			cutConnections(fault == Fault.RESET);
		}
		if (fault == Fault.FLOOD) {
			thread("demo-server-flood", this::flood).start();
		}
		this.events.publishEvent(new FaultBegun(fault));
	}

	private void cutConnections(boolean reset) {
		for (DemoConnection connection : this.rooms.everyone()) {
			if (reset) {
				connection.abandon(true);
			}
			else {
				connection.close(1001, "going away");
			}
		}
	}

	private void flood() {
		for (int i = 1; i <= FLOOD; i++) {
			this.rooms.broadcast("lobby", "{\"type\":\"flood\",\"n\":" + i + "}");
		}
	}

	private synchronized void repair() {
		if (this.repair != null) {
			this.repair.cancel(false);
			this.repair = null;
		}
		this.faults.end();
		if (this.timer != null && this.listener == null) {
			openListener();
		}
	}

	private void openListener() {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			this.listener = socket;
			this.port = socket.getLocalPort();
			thread("demo-server-accept", () -> accept(socket)).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The demo server can't listen on port " + this.port + ": set sample.server.port to a free one", ex);
		}
	}

	private void accept(ServerSocket socket) {
		try {
			while (true) {
				Socket accepted = socket.accept();
				DemoConnection connection = new DemoConnection(accepted, this.properties.kickAfter(), this.faults,
						this.rooms, this.protocol);
				this.rooms.enter(connection);
				thread("demo-server-connection", connection).start();
			}
		}
		catch (IOException ex) {
			logger.debug("Not listening any more", ex);
		}
	}

	private void closeListener() {
		try {
			if (this.listener != null) {
				this.listener.close();
			}
		}
		catch (IOException ex) {
			logger.debug("Already closed", ex);
		}
		this.listener = null;
	}

	private Thread thread(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public synchronized void start() {
		this.timer = Executors.newScheduledThreadPool(2, (task) -> thread("demo-server-timer", task));
		openListener();
		long interval = this.properties.alertInterval().toMillis();
		this.timer.scheduleAtFixedRate(() -> this.rooms.broadcast("alerts", this.alerts.next()), interval, interval,
				TimeUnit.MILLISECONDS);
	}

	@Override
	public synchronized void stop() {
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
		this.faults.end();
		closeListener();
		cutConnections(false);
	}

	@Override
	public synchronized boolean isRunning() {
		return this.timer != null;
	}

	@Override
	public boolean isAutoStartup() {
		return this.properties.enabled();
	}

	@Override
	public int getPhase() {
		// starts before the clients connect, stops after they have closed
		return 0;
	}

}
