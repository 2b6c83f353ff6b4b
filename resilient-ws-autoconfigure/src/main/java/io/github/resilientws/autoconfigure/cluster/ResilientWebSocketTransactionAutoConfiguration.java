package io.github.resilientws.autoconfigure.cluster;

import javax.sql.DataSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.TransactionExecutionListener;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;
import io.github.resilientws.store.jdbc.TransactionPhaseListener;

/**
 * Auto-configuration of messages in transactions: each transaction manager that is a bean
 * has a {@link TransactionPhaseListener}, whether Spring Boot has created it or the
 * application.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({ TransactionExecutionListener.class, ConnectionHolder.class })
@ConditionalOnBean({ DataSource.class, ResilientWebSocketClients.class })
@Import(TransactionManagerPostProcessor.class)
public final class ResilientWebSocketTransactionAutoConfiguration {

}
