package io.github.resilientws.sample.instances;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.event.WebSocketOwnershipEvent;

/**
 * The instances that share the work orders, in a table that each of them updates twice a
 * second.
 */
@Component
@Profile("postgres")
public class Instances {

	private static final Log logger = LogFactory.getLog(Instances.class);

	private static final Duration ALIVE = Duration.ofSeconds(3);

	private static final Duration SHOWN = Duration.ofMinutes(1);

	private final JdbcClient jdbc;

	private final ResilientWebSocketClient client;

	private final Clock clock;

	private final int port;

	private volatile long fence;

	private volatile List<Instance> instances = List.of();

	Instances(JdbcClient jdbc, @WebSocketClientName("alerts") ResilientWebSocketClient client, Clock clock,
			@Value("${server.port}") int port) {
		this.jdbc = jdbc;
		this.client = client;
		this.clock = clock;
		this.port = port;
	}

	/**
	 * Return the port of the page of this instance.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return the instances, at most half a second old.
	 * @return those that reported within the last minute, by port
	 */
	public List<Instance> list() {
		return this.instances;
	}

	/**
	 * Return the instance that owns the line of the work orders.
	 * @return the owner, if there is one
	 */
	public Optional<Instance> owner() {
		return this.instances.stream()
			.filter((instance) -> instance.alive() && instance.fence() > 0)
			.max(Comparator.comparing(Instance::fence));
	}

	@EventListener(condition = "#event.clientName == 'alerts'")
	void ownershipChanged(WebSocketOwnershipEvent event) {
		this.fence = event.isOwner() ? event.getFence() : 0;
	}

	@Scheduled(fixedDelay = 500)
	void report() {
		try {
			Instant now = this.clock.instant();
			write(now);
			this.instances = read(now);
		}
		catch (DataAccessException ex) {
			logger.debug("The table of the instances cannot be reached", ex);
		}
	}

	private void write(Instant now) {
		int updated = bind(now, "UPDATE SAMPLE_INSTANCE SET PID = :pid, STATE = :state, FENCE = :fence,"
				+ " REPORTED = :now WHERE PORT = :port");
		if (updated == 0) {
			bind(now, "INSERT INTO SAMPLE_INSTANCE (PORT, PID, STATE, FENCE, REPORTED)"
					+ " VALUES (:port, :pid, :state, :fence, :now)");
		}
	}

	private int bind(Instant now, String sql) {
		return this.jdbc.sql(sql)
			.param("port", this.port)
			.param("pid", ProcessHandle.current().pid())
			.param("state", this.client.getState().name())
			.param("fence", this.fence)
			.param("now", now.atOffset(ZoneOffset.UTC))
			.update();
	}

	private List<Instance> read(Instant now) {
		return this.jdbc
			.sql("SELECT PORT, PID, STATE, FENCE, REPORTED FROM SAMPLE_INSTANCE WHERE REPORTED > ? ORDER BY PORT")
			.param(now.minus(SHOWN).atOffset(ZoneOffset.UTC))
			.query((row, number) -> instance(row, now))
			.list();
	}

	private static Instance instance(ResultSet row, Instant now) throws SQLException {
		Instant reported = row.getObject(5, OffsetDateTime.class).toInstant();
		boolean alive = reported.isAfter(now.minus(ALIVE));
		return new Instance(row.getInt(1), row.getLong(2), row.getString(3), row.getLong(4), alive);
	}

}
