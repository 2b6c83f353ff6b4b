package io.github.resilientws.autoconfigure.cluster;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

import io.github.resilientws.store.jdbc.TransactionPhaseListener;

/**
 * Registers a {@link TransactionPhaseListener} with each transaction manager. Spring
 * Boot's customizers reach only those that Spring Boot creates, which it does not with
 * two data sources.
 */
final class TransactionManagerPostProcessor implements BeanPostProcessor {

	private final TransactionPhaseListener listener = new TransactionPhaseListener();

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ConfigurableTransactionManager transactionManager
				&& transactionManager.getTransactionExecutionListeners()
					.stream()
					.noneMatch(TransactionPhaseListener.class::isInstance)) {
			transactionManager.addListener(this.listener);
		}
		return bean;
	}

}
