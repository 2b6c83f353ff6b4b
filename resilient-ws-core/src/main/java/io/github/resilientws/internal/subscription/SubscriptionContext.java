package io.github.resilientws.internal.subscription;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The objects that the subscriptions of one client share.
 *
 * @param settings the settings of the client
 * @param executor the client's executor
 * @param callbacks completes futures, one after another
 * @param notifier notifies the observers
 * @param converter reads payloads
 * @param random spreads the delays of renewals
 */
public record SubscriptionContext(ClientSettings settings, SerialExecutor executor, Executor callbacks,
		ObserverNotifier notifier, PayloadConverter converter, RandomGenerator random) {

}
