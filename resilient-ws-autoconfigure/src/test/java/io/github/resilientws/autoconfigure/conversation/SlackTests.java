package io.github.resilientws.autoconfigure.conversation;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/slack.yml}.
 */
class SlackTests extends Conversation {

	private static final String HELLO = """
			{"type":"hello","connection_info":{"app_id":"A1234"},"num_connections":1,\
			"debug_info":{"host":"applink-7fc4fdbb64-4x5xq","approximate_connection_time":18060}}""";

	@BeforeEach
	void start() {
		startFile("slack.yml", App.class);
		this.client.connect();
	}

	@Test
	void eachConnectionHasAnUrlOfItsOwn() {
		assertThat(server().request().url()).hasToString("wss://wss-primary.slack.com/link/?ticket=1");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.ESTABLISHING);
		server().text(HELLO);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);

		server().text("""
				{"type":"disconnect","reason":"warning","debug_info":{"host":"applink-7fc4fdbb64-4x5xq"}}""");
		assertThat(server().closeCode()).isEqualTo(1000);
		advance(Duration.ofSeconds(1));
		assertThat(server().request().url()).hasToString("wss://wss-primary.slack.com/link/?ticket=2");
		server().text(HELLO);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void eventIsAcknowledgedIfItsListenerReturns() {
		server().text(HELLO);
		server()
			.text("""
					{"envelope_id":"dbdd0ef3-1543-4f94-bfb4-133d0e6c1545","type":"events_api","accepts_response_payload":false,\
					"payload":{"event":{"type":"app_mention","text":"fails"}}}""");
		server()
			.text("""
					{"envelope_id":"5a2d3d7c-61a7-4b52-8b5d-8f2f8d6d1a11","type":"events_api","accepts_response_payload":false,\
					"payload":{"event":{"type":"app_mention","text":"hello"}}}""");
		assertSent("""
				{"envelope_id":"5a2d3d7c-61a7-4b52-8b5d-8f2f8d6d1a11"}""");
	}

	@Test
	void commandIsAnsweredWithAPayload() {
		closeContext();
		property("resilient-ws.clients.slack.inbound.request.reply", """
				{"envelope_id":{{/envelope_id}},"payload":{{payload}}}""");
		start();
		server().text(HELLO);
		server()
			.text("""
					{"envelope_id":"dbdd0ef3-1543-4f94-bfb4-133d0e6c1545","type":"slash_commands","accepts_response_payload":true,\
					"payload":{"command":"/weather"}}""");
		assertSent("""
				{"envelope_id":"dbdd0ef3-1543-4f94-bfb4-133d0e6c1545","payload":{"text":"sunny"}}""");
	}

	@Test
	void silentConnectionIsLostAfterNineSeconds() {
		server().text(HELLO);
		advance(Duration.ofSeconds(5));
		assertThat(server().pings()).hasSize(1);
		server().pong();
		advance(Duration.ofSeconds(9));
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void endOfSocketModeStopsTheClient() {
		server().text(HELLO);
		server().text("""
				{"type":"disconnect","reason":"link_disabled","debug_info":{"host":"applink-7fc4fdbb64-4x5xq"}}""");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
	}

	static class App {

		private int tickets;

		@Bean
		HandshakeCustomizer url() {
			// the response of POST https://slack.com/api/apps.connections.open
			return (handshake) -> handshake
				.setUrl(URI.create("wss://wss-primary.slack.com/link/?ticket=" + ++this.tickets));
		}

		@WebSocketListener(client = "slack", when = "/type = events_api", payload = "/payload/event/text")
		void event(String text) {
			if (text.equals("fails")) {
				throw new IllegalStateException("not acknowledged: Slack sends it again");
			}
		}

		@WebSocketListener(client = "slack", when = "/type = slash_commands", payload = "/payload/command")
		Map<String, String> command(String command) {
			return Map.of("text", "sunny");
		}

	}

}
