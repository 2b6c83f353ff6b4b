package io.github.resilientws.sample.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.ClientStatistics;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.sample.chat.WorkOrder.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

class WorkOrdersTests {

	private final ResilientWebSocketClient client = mock();

	private final ClientStatistics statistics = mock();

	private final ClientDeadLetters deadLetters = mock();

	private final List<CompletableFuture<Delivery>> sent = new ArrayList<>();

	private final List<Object> changes = new ArrayList<>();

	@BeforeEach
	void scriptClient() {
		given(this.client.getStatistics()).willReturn(this.statistics);
		given(this.client.getDeadLetters()).willReturn(this.deadLetters);
		given(this.deadLetters.list()).willReturn(List.of());
		given(this.client.convertAndSend(any(Object.class), any(UnaryOperator.class)))
			.willAnswer((call) -> newFuture());
		given(this.deadLetters.resubmit(any())).willAnswer((call) -> newFuture());
	}

	private CompletableFuture<Delivery> newFuture() {
		CompletableFuture<Delivery> future = new CompletableFuture<>();
		this.sent.add(future);
		return future;
	}

	private WorkOrders newOrders() {
		return new WorkOrders(this.client, new LocalGateway(this.client), this.changes::add, Clock.systemUTC(),
				"Inspection ");
	}

	private static DeadLetter letter(String id) {
		return new DeadLetter(id, "{}", 3, Instant.EPOCH, DeadLetter.Cause.NOT_ACKNOWLEDGED);
	}

	private static WebSocketDeliveryException failure(Reason reason) {
		return new WebSocketDeliveryException("id", 3, reason, "");
	}

	@Test
	void orderWaitsUntilItIsAcknowledged() {
		WorkOrders orders = newOrders();
		orders.place();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.WAITING);
		this.sent.get(0).complete(new Delivery("id", 1, Duration.ZERO));
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.ACKNOWLEDGED);
		assertThat(this.changes).extracting((change) -> ((WorkOrderChanged) change).order().status())
			.containsExactly(Status.WAITING, Status.ACKNOWLEDGED);
	}

	@Test
	void failureDecidesTheStatusOfTheOrder() {
		WorkOrders orders = newOrders();
		for (Exception failure : List.of(failure(Reason.UNDELIVERABLE), failure(Reason.REJECTED),
				WebSocketDeliveryException.stored("id", 0, Reason.CLOSED, ""), new IllegalStateException())) {
			orders.place();
			this.sent.get(this.sent.size() - 1).completeExceptionally(failure);
		}
		assertThat(orders.orders()).extracting(WorkOrder::status)
			.containsExactly(Status.DEAD, Status.REFUSED, Status.KEPT, Status.REFUSED);
	}

	@Test
	void whatAnEarlierRunLeftIsThere() {
		given(this.statistics.getQueueSize()).willReturn(12);
		given(this.deadLetters.list()).willReturn(List.of(letter("old")));
		WorkOrders orders = newOrders();
		assertThat(orders.recovered()).isEqualTo(12);
		assertThat(orders.orders()).extracting(WorkOrder::id).containsExactly("old");
	}

	@Test
	void deadLetterIsResubmitted() {
		given(this.deadLetters.list()).willReturn(List.of(letter("old")));
		WorkOrders orders = newOrders();
		orders.resubmitDead();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.WAITING);
		this.sent.get(0).complete(new Delivery("old", 1, Duration.ZERO));
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.ACKNOWLEDGED);
	}

	@Test
	void deadLetterIsDiscarded() {
		given(this.deadLetters.list()).willReturn(List.of(letter("old")));
		WorkOrders orders = newOrders();
		orders.discardDead();
		verify(this.deadLetters).discard("old");
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.DISCARDED);
	}

	@Test
	void whenDeadLetterIsGoneThenItWasAcknowledgedLate() {
		WorkOrders orders = newOrders();
		WorkOrder order = orders.place();
		this.sent.get(0).completeExceptionally(failure(Reason.UNDELIVERABLE));
		given(this.deadLetters.list()).willReturn(List.of(letter(order.id())));
		orders.catchUp();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.DEAD);
		given(this.deadLetters.list()).willReturn(List.of());
		orders.catchUp();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.ACKNOWLEDGED);
	}

	@Test
	void whenTheOutboxIsEmptyThenKeptOrdersWereAcknowledged() {
		WorkOrders orders = newOrders();
		orders.place();
		this.sent.get(0).completeExceptionally(WebSocketDeliveryException.stored("id", 0, Reason.CLOSED, ""));
		orders.catchUp();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.KEPT);
		given(this.client.isReady()).willReturn(true);
		given(this.statistics.getQueueSize()).willReturn(1, 0);
		orders.catchUp();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.KEPT);
		orders.catchUp();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.ACKNOWLEDGED);
	}

	@Test
	void remembersTheLast500() {
		WorkOrders orders = newOrders();
		for (int i = 0; i < 510; i++) {
			orders.place();
		}
		assertThat(orders.orders()).hasSize(500).first().extracting(WorkOrder::text).isEqualTo("Inspection 11");
	}

	@Test
	void ordersOfOtherInstancesAreShown() {
		WorkOrders orders = newOrders();
		orders.update(List.of(row("other", Status.WAITING)));
		orders.update(List.of(row("other", Status.ACKNOWLEDGED)));
		assertThat(orders.orders()).containsExactly(row("other", Status.ACKNOWLEDGED));
	}

	@Test
	void acknowledgedOrderStaysAcknowledgedWhateverAnOlderReadOfTheTableSays() {
		WorkOrders orders = newOrders();
		WorkOrder order = orders.place();
		this.sent.get(0).complete(new Delivery("id", 1, Duration.ZERO));
		orders.update(List.of(row(order.id(), Status.WAITING)));
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.ACKNOWLEDGED);
	}

	@Test
	void whenTheTransactionFailsThenTheOrderIsRefused() {
		given(this.client.convertAndSend(any(Object.class), any(UnaryOperator.class)))
			.willThrow(new IllegalStateException());
		WorkOrders orders = newOrders();
		orders.place();
		assertThat(orders.orders()).extracting(WorkOrder::status).containsExactly(Status.REFUSED);
	}

	private static WorkOrder row(String id, Status status) {
		return new WorkOrder(id, "Inspection 1", Instant.EPOCH, status);
	}

}
