package io.github.resilientws.sample.view;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.sample.chat.Chat;
import io.github.resilientws.sample.chat.ChatLine;
import io.github.resilientws.sample.chat.WorkOrders;
import io.github.resilientws.sample.prices.Prices;
import io.github.resilientws.sample.prices.Stock;
import io.github.resilientws.sample.server.DemoServer;
import io.github.resilientws.sample.server.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class ControllerTests {

	private final Chat chat = mock();

	private final DemoServer server = mock();

	private final ResilientWebSocketClients clients = mock();

	private final WorkOrders orders = mock();

	private final Prices prices = mock();

	private final MockMvcTester mvc = MockMvcTester.of(new ChatController(this.chat), new FaultController(this.server),
			new ClientController(this.clients), new WorkOrderController(this.orders), new PriceController(this.prices));

	@Test
	void chatTakesText() {
		given(this.chat.say("<b>hi</b>"))
			.willReturn(new ChatLine("1", "you", "<b>hi</b>", Instant.EPOCH, ChatLine.Status.WAITING, 1));
		assertThat(this.mvc.post().uri("/api/chat").contentType(MediaType.APPLICATION_JSON).content("""
				{"text":"<b>hi</b>"}""")).hasStatus(202);
		verify(this.chat).say("<b>hi</b>");
	}

	@Test
	void chatRefusesNothingAndTooMuch() {
		for (String body : new String[] { "{}", "{\"text\":\" \"}", "{\"text\":\"" + "x".repeat(2001) + "\"}" }) {
			assertThat(this.mvc.post().uri("/api/chat").contentType(MediaType.APPLICATION_JSON).content(body))
				.hasStatus(400);
		}
		verifyNoInteractions(this.chat);
	}

	@Test
	void ordersArePlaced() {
		assertThat(this.mvc.post().uri("/api/orders").contentType(MediaType.APPLICATION_JSON).content("{\"count\":3}"))
			.hasStatus(202);
		verify(this.orders, times(3)).place();
		for (String body : new String[] { "{}", "{\"count\":0}", "{\"count\":101}" }) {
			assertThat(this.mvc.post().uri("/api/orders").contentType(MediaType.APPLICATION_JSON).content(body))
				.hasStatus(400);
		}
	}

	@Test
	void deadLettersAreDecidedAbout() {
		assertThat(this.mvc.post().uri("/api/orders/dead/resubmit")).hasStatus(202);
		verify(this.orders).resubmitDead();
		assertThat(this.mvc.post().uri("/api/orders/dead/discard")).hasStatus(202);
		verify(this.orders).discardDead();
	}

	@Test
	void stocksAreSubscribedAndQuoted() {
		given(this.prices.stocks()).willReturn(List.of(new Stock("ACME", false, false, null, null)));
		for (String operation : List.of("subscribe", "unsubscribe", "quote")) {
			assertThat(this.mvc.post().uri("/api/prices/ACME/" + operation)).hasStatus(202);
			assertThat(this.mvc.post().uri("/api/prices/OTHER/" + operation)).hasStatus(404);
		}
		assertThat(this.mvc.post().uri("/api/prices/ACME/nonsense")).hasStatus(404);
		verify(this.prices).subscribe("ACME");
		verify(this.prices).unsubscribe("ACME");
		verify(this.prices).quote("ACME");
	}

	@Test
	void faultBreaksTheServer() {
		assertThat(this.mvc.post().uri("/api/faults/stop-reading")).hasStatusOk();
		verify(this.server).breakWith(Fault.STOP_READING);
	}

	@Test
	void unknownFaultIsNotFound() {
		assertThat(this.mvc.post().uri("/api/faults/nonsense")).hasStatus(404);
		verifyNoInteractions(this.server);
	}

	@Test
	void clientIsOperated() {
		ResilientWebSocketClient client = mock();
		given(this.clients.get("chat")).willReturn(client);
		assertThat(this.mvc.post().uri("/api/clients/chat/reconnect")).hasStatus(202);
		verify(client).reconnect();
		assertThat(this.mvc.post().uri("/api/clients/chat/nonsense")).hasStatus(404);
		verify(client, never()).disconnect();
	}

	@Test
	void unknownClientIsNotFound() {
		given(this.clients.get("other")).willThrow(new IllegalArgumentException("no client 'other'"));
		assertThat(this.mvc.post().uri("/api/clients/other/connect")).hasStatus(404);
	}

}
