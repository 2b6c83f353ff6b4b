package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.time.Duration;

import javax.sql.DataSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;

/**
 * An application in a JVM of its own, whose client follows the events of a leader
 * initiator over JDBC locks.
 */
public final class ElectedApplication {

	static final Duration LOCK_TIME = Duration.ofSeconds(5);

	private static final String YAML = """
			spring: { datasource: { url: '%s', username: sa } }
			resilient-ws:
			  clients:
			    feed:
			      url: '%s'
			      headers: { X-Instance: '%s' }
			      cluster: { mode: one, election: events }
			""";

	private ElectedApplication() {
	}

	/**
	 * Run until standard input ends.
	 * @param args URL of the database, URL of the server, name of the instance
	 */
	public static void main(String[] args) throws IOException {
		Contexts.run(WebApplicationType.NONE, YAML.formatted((Object[]) args), Initiator.class);
		System.out.println("started");
		while (System.in.read() != -1) {
			// until the parent ends
		}
		System.exit(0);
	}

	@Configuration(proxyBeanMethods = false)
	static class Initiator {

		@Bean
		DefaultLockRepository lockRepository(DataSource dataSource) {
			return new DefaultLockRepository(dataSource);
		}

		@Bean
		JdbcLockRegistry lockRegistry(DefaultLockRepository repository) {
			return new JdbcLockRegistry(repository, LOCK_TIME);
		}

		@Bean
		LockRegistryLeaderInitiator feedInitiator(JdbcLockRegistry locks) {
			LockRegistryLeaderInitiator initiator = new LockRegistryLeaderInitiator(locks,
					new DefaultCandidate(null, "feed"));
			initiator.setPhase(0);
			return initiator;
		}

	}

}
