package io.github.resilientws.autoconfigure.cluster;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.ConfigurableTransactionManager;

import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;
import io.github.resilientws.store.jdbc.TransactionPhaseListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the listener that transaction managers have.
 */
class TransactionAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(ResilientWebSocketAutoConfiguration.class, ResilientWebSocketTransactionAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				TransactionManagerCustomizationAutoConfiguration.class));

	@Test
	void transactionManagerOfSpringBootHasTheListener() {
		this.runner.run((context) -> assertHasListener(context.getBean(JdbcTransactionManager.class)));
	}

	@Test
	void eachTransactionManagerOfTheApplicationHasTheListener() {
		this.runner.withUserConfiguration(TwoTransactionManagers.class)
			.run((context) -> assertThat(context.getBeansOfType(JdbcTransactionManager.class).values()).hasSize(2)
				.allSatisfy(TransactionAutoConfigurationTests::assertHasListener));
	}

	@Test
	void listenerOfTheApplicationIsTheOnlyOne() {
		this.runner.withBean(TransactionPhaseListener.class)
			.run((context) -> assertHasListener(context.getBean(JdbcTransactionManager.class)));
	}

	@Test
	void applicationWithoutSpringJdbcStarts() {
		this.runner.withClassLoader(new FilteredClassLoader(ConnectionHolder.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TransactionManagerPostProcessor.class));
	}

	private static void assertHasListener(ConfigurableTransactionManager transactionManager) {
		assertThat(transactionManager.getTransactionExecutionListeners()).singleElement()
			.isInstanceOf(TransactionPhaseListener.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoTransactionManagers {

		@Bean
		JdbcTransactionManager first(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		JdbcTransactionManager second(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

}
