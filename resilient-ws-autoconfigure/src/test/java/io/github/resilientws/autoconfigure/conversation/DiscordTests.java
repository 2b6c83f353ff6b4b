package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/discord.yml}.
 */
class DiscordTests extends Conversation {

	private static final String URL = "wss://gateway.discord.gg/?v=10&encoding=json";

	private static final String RESUME_URL = "wss://gateway-us-east1-b.discord.gg/?v=10&encoding=json";

	private static final String READY = """
			{"t":"READY","s":1,"op":0,"d":{"v":10,"session_id":"s-1",\
			"resume_gateway_url":"wss://gateway-us-east1-b.discord.gg","guilds":[]}}""";

	@BeforeEach
	void start() {
		property("DISCORD_TOKEN", "t0ken");
		property("resilient-ws.clients.discord.headers.Authorization", "s3cret");
		property("resilient-ws.clients.discord.headers.Cookie", "s3cret");
		startFile("discord.yml");
		this.client.addListener((message) -> this.received.add(message.text()));
		this.client.connect();
	}

	@Test
	void identifies() {
		begin();
		assertReceived(READY);
	}

	@Test
	void beatsWithTheIntervalOfTheServerAndTheLastNumber() {
		begin();
		advance(Duration.ofSeconds(10).minusMillis(1));
		assertSent();
		advance(Duration.ofMillis(1));
		assertSent("""
				{"op":1,"d":1}""");
		server().text("""
				{"t":null,"s":null,"op":11,"d":null}""");
		server().text("""
				{"t":"VOICE_STATE_UPDATE","s":42,"op":0,"d":{"session_id":"another"}}""");
		server().text("""
				{"t":null,"s":null,"op":1,"d":null}""");
		assertSent("""
				{"op":1,"d":42}""");
		advance(Duration.ofSeconds(40));
		assertSent("""
				{"op":1,"d":42}""");
	}

	@Test
	void resumesAtTheUrlOfTheServerAfterOp7ALossAndAnInvalidSessionThatMayBeResumed() {
		begin();
		server().text("""
				{"t":null,"s":null,"op":7,"d":null}""");
		assertThat(server().closeCode()).isEqualTo(4000);
		resume(1);
		server().text("""
				{"t":"MESSAGE_CREATE","s":43,"op":0,"d":{}}""");
		server().text("""
				{"t":"RESUMED","s":44,"op":0,"d":{}}""");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);

		server().lose(4000);
		resume(44);
		server().text("""
				{"t":null,"s":null,"op":9,"d":true}""");
		assertThat(server().closeCode()).isEqualTo(4000);
		resume(44);
	}

	@Test
	void beginsANewSessionAfterAnInvalidOneAndOneThatTimedOut() {
		begin();
		server().text("""
				{"t":null,"s":null,"op":9,"d":false}""");
		assertThat(server().closeCode()).isEqualTo(4000);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
		advance(Duration.ofSeconds(10));
		begin();
		server().lose(4009);
		advance(Duration.ofSeconds(10));
		begin();
	}

	@Test
	void stopsIfItsIntentsAreNotAllowed() {
		begin();
		server().lose(4014);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
		assertThat(this.client.getStatus().toString()).doesNotContain("s-1", "t0ken", "s3cret");
	}

	private void begin() {
		assertThat(server().request().url()).hasToString(URL);
		assertThat(server().request().headers()).containsKeys("Authorization", "Cookie");
		hello();
		assertSent("""
				{"op":2,"d":{"token":"t0ken","intents":513,\
				"properties":{"os":"linux","browser":"resilient-ws","device":"resilient-ws"}}}""");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.ESTABLISHING);
		server().text(READY);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
	}

	private void resume(int number) {
		advance(Duration.ofSeconds(10));
		assertThat(server().request().url()).hasToString(RESUME_URL);
		assertThat(server().request().headers()).isEmpty();
		hello();
		assertSent("""
				{"op":6,"d":{"token":"t0ken","session_id":"s-1","seq":%d}}""".formatted(number));
	}

	private void hello() {
		assertSent();
		server().text("""
				{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":40000}}""");
	}

}
