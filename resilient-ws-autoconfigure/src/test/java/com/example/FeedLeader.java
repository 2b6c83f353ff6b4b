package com.example;

import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;

@Configuration(proxyBeanMethods = false)
class FeedLeader {

	@Bean
	DefaultLockRepository lockRepository(DataSource dataSource) {
		return new DefaultLockRepository(dataSource);
	}

	@Bean
	JdbcLockRegistry lockRegistry(DefaultLockRepository repository) {
		return new JdbcLockRegistry(repository, Duration.ofSeconds(10));
	}

	@Bean
	LockRegistryLeaderInitiator feedInitiator(JdbcLockRegistry locks) {
		LockRegistryLeaderInitiator initiator = new LockRegistryLeaderInitiator(locks,
				new DefaultCandidate(UUID.randomUUID().toString(), "feed"));
		initiator.setPhase(0);
		return initiator;
	}

}
