package io.github.resilientws.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.sample.chat.Chat;
import io.github.resilientws.sample.chat.ChatHistory;
import io.github.resilientws.sample.chat.ChatLine;
import io.github.resilientws.sample.chat.ChatLine.Status;
import io.github.resilientws.sample.chat.WorkOrder;
import io.github.resilientws.sample.chat.WorkOrders;
import io.github.resilientws.sample.prices.Prices;
import io.github.resilientws.sample.prices.Stock;
import io.github.resilientws.sample.server.DemoServer;
import io.github.resilientws.sample.server.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT,
		properties = { "resilient-ws.defaults.connect-timeout=1s",
				"resilient-ws.defaults.reconnect.initial-delay=200ms", "resilient-ws.defaults.reconnect.max-delay=1s",
				"resilient-ws.clients.chat.heartbeat.interval=3s", "resilient-ws.clients.chat.heartbeat.timeout=2500ms",
				"resilient-ws.clients.alerts.delivery.ack-timeout=1s" })
class SampleApplicationTests {

	@Autowired
	private ResilientWebSocketClients clients;

	@Autowired
	@WebSocketClientName("chat")
	private ResilientWebSocketClient client;

	@Autowired
	private Chat chat;

	@Autowired
	private ChatHistory history;

	@Autowired
	private WorkOrders orders;

	@Autowired
	private Prices prices;

	@Autowired
	private DemoServer server;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void freePorts(DynamicPropertyRegistry registry) throws IOException {
		try (ServerSocket first = new ServerSocket(0); ServerSocket second = new ServerSocket(0)) {
			int page = first.getLocalPort();
			int demo = second.getLocalPort();
			registry.add("server.port", () -> page);
			registry.add("sample.server.port", () -> demo);
		}
	}

	@BeforeEach
	void awaitReady() {
		this.clients.forEach((client) -> awaitReady(client, Duration.ofSeconds(20)));
	}

	private static void awaitReady(ResilientWebSocketClient client, Duration timeout) {
		await().atMost(timeout).until(client::isReady);
	}

	private void awaitArrived(String id) {
		await().atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(this.history.lines()).filteredOn((line) -> line.id().equals(id))
				.extracting(ChatLine::status)
				.containsExactly(Status.ARRIVED));
	}

	private void endFault() {
		this.server.breakWith(Fault.RESET);
	}

	private String get(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build(),
					BodyHandlers.ofString())
			.body();
	}

	@Test
	void lineSentWhileTheServerIsGoneArrives() {
		this.server.breakWith(Fault.DROP);
		await().until(() -> !this.client.isReady());
		ChatLine line = this.chat.say("while down");
		assertThat(this.client.getStatistics().getQueueSize()).isPositive();
		endFault();
		awaitReady(this.client, Duration.ofSeconds(25));
		awaitArrived(line.id());
	}

	@Test
	void lineSentIntoSilenceArrives() {
		this.server.breakWith(Fault.SILENT);
		ChatLine line = this.chat.say("into silence");
		await().atMost(Duration.ofSeconds(12)).until(() -> !this.client.isReady());
		endFault();
		awaitReady(this.client, Duration.ofSeconds(30));
		awaitArrived(line.id());
	}

	@Test
	void whenLogInExpiredThenANewTokenHelps() {
		Instant before = this.client.getStatus().since();
		this.server.breakWith(Fault.REFUSE_401);
		// the outage may be too short to be observed
		await().until(() -> !this.client.getStatus().since().equals(before));
		awaitReady(this.client, Duration.ofSeconds(8));
	}

	@Test
	void whenAccessIsRevokedThenGivesUpAndConnectLeadsBack() {
		this.server.breakWith(Fault.REVOKE);
		await().atMost(Duration.ofSeconds(15)).until(() -> this.client.getState() == ConnectionState.FAILED);
		ChatLine line = this.chat.say("while failed");
		endFault();
		this.clients.forEach(ResilientWebSocketClient::connect);
		awaitReady(this.client, Duration.ofSeconds(10));
		awaitArrived(line.id());
	}

	@Test
	void floodIsReceivedInFullAndTheChatGoesOn() {
		long before = this.client.getStatistics().getMessagesReceived();
		this.server.breakWith(Fault.FLOOD);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.client.getStatistics().getMessagesReceived() >= before + 50_000);
		awaitArrived(this.chat.say("after the flood").id());
	}

	@Test
	void orderPlacedWhileTheServerIsGoneIsAcknowledged() {
		this.server.breakWith(Fault.DROP);
		await().until(() -> !this.clients.get("alerts").isReady());
		WorkOrder order = this.orders.place();
		assertThat(order.status()).isEqualTo(WorkOrder.Status.WAITING);
		endFault();
		awaitOrder(order.id(), WorkOrder.Status.ACKNOWLEDGED);
	}

	@Test
	void orderThatIsNotAcknowledgedIsADeadLetterUntilResubmitted() {
		this.server.breakWith(Fault.NO_ACKS);
		WorkOrder order = this.orders.place();
		awaitOrder(order.id(), WorkOrder.Status.DEAD);
		endFault();
		this.orders.resubmitDead();
		awaitOrder(order.id(), WorkOrder.Status.ACKNOWLEDGED);
		assertThat(this.server.status().repeats()).isPositive();
	}

	private void awaitOrder(String id, WorkOrder.Status status) {
		await().atMost(Duration.ofSeconds(25))
			.untilAsserted(() -> assertThat(this.orders.orders()).filteredOn((order) -> order.id().equals(id))
				.extracting(WorkOrder::status)
				.containsExactly(status));
	}

	@Test
	void subscribedPricesArriveUntilUnsubscribed() {
		Deque<String> messages = new ConcurrentLinkedDeque<>();
		this.clients.get("prices").addListener((message) -> messages.addFirst(message.text()));
		this.prices.subscribe("ACME");
		this.prices.subscribe("GLOBEX");
		awaitStock("ACME", (stock) -> stock.active() && stock.price() != null);
		this.prices.unsubscribe("ACME");
		// both arrive each second, so two of one stock in a row are without the other
		await().until(() -> messages.stream().limit(2).filter((text) -> text.contains("prices.GLOBEX")).count() == 2);
		this.prices.unsubscribe("GLOBEX");
	}

	@Test
	void requestedPriceIsAnsweredOrRefused() {
		this.prices.quote("ACME");
		awaitStock("ACME", (stock) -> String.valueOf(stock.quote()).matches("[0-9.]+"));
		this.prices.quote("HOOLI");
		awaitStock("HOOLI", (stock) -> "refused: HOOLI is not listed".equals(stock.quote()));
	}

	@Test
	void subscriptionsComeBackWhenTheServerWasGone() {
		this.prices.subscribe("ACME");
		awaitStock("ACME", Stock::active);
		this.server.breakWith(Fault.DROP);
		awaitStock("ACME", (stock) -> stock.subscribed() && !stock.active());
		assertThat(this.clients.get("prices").getStatistics().getPendingSubscriptions()).isOne();
		endFault();
		awaitReady(this.clients.get("prices"), Duration.ofSeconds(25));
		Double before = stock("ACME").price();
		awaitStock("ACME", (stock) -> stock.active() && !Objects.equals(stock.price(), before));
		this.prices.unsubscribe("ACME");
	}

	private Stock stock(String symbol) {
		return this.prices.stocks().stream().filter((stock) -> stock.symbol().equals(symbol)).findFirst().orElseThrow();
	}

	private void awaitStock(String symbol, Predicate<Stock> condition) {
		await().untilAsserted(() -> assertThat(stock(symbol)).matches(condition));
	}

	@Test
	void pageAndActuatorAnswer() throws Exception {
		assertThat(get("/")).contains("Break the server");
		assertThat(get("/actuator/health")).contains("\"resilientWs\"", "\"chat\"", "\"alerts\"", "\"prices\"",
				"\"READY\"");
		assertThat(get("/actuator/resilientws")).contains("\"transitions\"").doesNotContain("token\":\"");
		assertThat(get("/actuator/prometheus")).contains("resilient_ws_ready{client=\"chat\"} 1.0");
	}

}
