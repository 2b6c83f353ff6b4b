package io.github.resilientws.sample.chat;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.sample.chat.WorkOrder.Status;

/**
 * Work orders, of which none may be lost. The client delivers them at least once and
 * keeps them in a file or a database, so this class needs no resends of its own. It
 * remembers the last 500 for the page; any thread may use it.
 */
@Component
public class WorkOrders {

	private static final Log logger = LogFactory.getLog(WorkOrders.class);

	private static final int CAPACITY = 500;

	private final ResilientWebSocketClient client;

	private final WorkOrderGateway gateway;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final String prefix;

	private final Map<String, WorkOrder> orders = new LinkedHashMap<>();

	private final int recovered;

	private int number;

	WorkOrders(@WebSocketClientName("alerts") ResilientWebSocketClient client, WorkOrderGateway gateway,
			ApplicationEventPublisher events, Clock clock,
			@Value("${sample.orders.prefix:Inspection }") String prefix) {
		this.client = client;
		this.gateway = gateway;
		this.events = events;
		this.clock = clock;
		this.prefix = prefix;
		this.recovered = client.getStatistics().getQueueSize();
		for (DeadLetter letter : client.getDeadLetters().list()) {
			put(new WorkOrder(letter.id(), "Inspection of an earlier run", letter.since(), Status.DEAD));
		}
	}

	/**
	 * Return the number of orders in the file at the start.
	 * @return orders that an earlier run left
	 */
	public int recovered() {
		return this.recovered;
	}

	/**
	 * Return the orders.
	 * @return a copy, oldest first
	 */
	public synchronized List<WorkOrder> orders() {
		return List.copyOf(this.orders.values());
	}

	/**
	 * Place an order. It waits in the file while the client is not ready.
	 * @return the order with its present status
	 */
	public WorkOrder place() {
		String id = UUID.randomUUID().toString();
		WorkOrder order = add(id);
		send(order).whenComplete((delivery, failure) -> ended(id, failure));
		return order;
	}

	private CompletableFuture<Delivery> send(WorkOrder order) {
		try {
			return this.gateway.send(order);
		}
		catch (RuntimeException ex) {
			// its transaction failed
			logger.warn("A work order was not placed", ex);
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Send all dead letters again. */
	public void resubmitDead() {
		ClientDeadLetters letters = this.client.getDeadLetters();
		for (DeadLetter letter : letters.list()) {
			update(letter.id(), Status.WAITING);
			letters.resubmit(letter.id()).whenComplete((delivery, failure) -> ended(letter.id(), failure));
		}
	}

	/** Forget all dead letters. */
	public void discardDead() {
		for (DeadLetter letter : this.client.getDeadLetters().list()) {
			update(letter.id(), Status.DISCARDED);
			this.gateway.discard(letter.id());
		}
	}

	/**
	 * Update orders whose future has ended but that were acknowledged later, for example
	 * after the client was connected again.
	 */
	void catchUp() {
		Set<String> dead = this.client.getDeadLetters().list().stream().map(DeadLetter::id).collect(Collectors.toSet());
		boolean allSent = this.client.isReady() && this.client.getStatistics().getQueueSize() == 0;
		for (WorkOrder order : orders()) {
			boolean acknowledged = (order.status() == Status.DEAD) || (order.status() == Status.KEPT && allSent);
			if (acknowledged && !dead.contains(order.id())) {
				update(order.id(), Status.ACKNOWLEDGED);
			}
		}
	}

	/**
	 * Update the orders from the table that several instances share.
	 * @param rows rows of the table, oldest first
	 */
	synchronized void update(List<WorkOrder> rows) {
		for (WorkOrder row : rows) {
			WorkOrder known = this.orders.get(row.id());
			if (known == null) {
				put(row);
			}
			else if (known.status() != row.status() && !known.status().isFinal()) {
				put(known.withStatus(row.status()));
			}
		}
	}

	private void ended(String id, @Nullable Throwable failure) {
		update(id, (failure != null) ? status(failure) : Status.ACKNOWLEDGED);
	}

	private static Status status(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause instanceof WebSocketDeliveryException ex) {
			if (ex.isStored()) {
				return Status.KEPT;
			}
			return (ex.getReason() == Reason.UNDELIVERABLE) ? Status.DEAD : Status.REFUSED;
		}
		return Status.REFUSED;
	}

	private synchronized WorkOrder add(String id) {
		WorkOrder order = new WorkOrder(id, this.prefix + ++this.number, this.clock.instant(), Status.WAITING);
		put(order);
		return order;
	}

	private synchronized void update(String id, Status status) {
		WorkOrder order = this.orders.get(id);
		if (order != null && order.status() != status) {
			put(order.withStatus(status));
		}
	}

	// under the lock, so that all listeners see the changes in the same order
	private void put(WorkOrder order) {
		if (this.orders.size() >= CAPACITY && !this.orders.containsKey(order.id())) {
			this.orders.remove(this.orders.keySet().iterator().next());
		}
		this.orders.put(order.id(), order);
		this.events.publishEvent(new WorkOrderChanged(order));
	}

}
