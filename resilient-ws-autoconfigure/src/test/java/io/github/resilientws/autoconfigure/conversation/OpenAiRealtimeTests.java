package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/openai-realtime.yml}.
 */
class OpenAiRealtimeTests extends Conversation {

	private static final String CREATED = """
			{"type":"session.created","event_id":"event_C9G5RJeJ2gF77mV7f2B1j","session":{"type":"realtime",\
			"object":"realtime.session","id":"sess_C9G5QPteg4UIbotdKLoYQ","model":"gpt-realtime"}}""";

	@BeforeEach
	void start() {
		property("OPENAI_API_KEY", "sk-1");
		startFile("openai-realtime.yml");
		this.client.addListener((message) -> this.received.add(message.text()));
		this.client.connect();
	}

	@Test
	void sessionIsSetUpOnEachConnection() {
		assertThat(server().request().headers()).containsEntry("Authorization", "Bearer sk-1");
		setUp();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);

		// after 60 minutes
		server().lose(1001);
		advance(Duration.ofSeconds(1));
		setUp();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void wrongSettingsStopTheClient() {
		server().text(CREATED);
		server().text("""
				{"type":"error","event_id":"event_890","error":{"type":"invalid_request_error","code":"invalid_value",\
				"message":"Invalid value: 'realtimes'.","param":"session.type","event_id":"setup"}}""");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
	}

	@Test
	void sendsAndReceivesEvents() {
		setUp();
		this.client.convertAndSend("input_audio_buffer.append", Map.of("audio", "AQID"));
		this.client.convertAndSend("input_audio_buffer.commit", Map.of());
		assertSent("""
				{"type":"input_audio_buffer.append","audio":"AQID"}""", """
				{"type":"input_audio_buffer.commit"}""");
		String delta = """
				{"type":"response.output_audio.delta","event_id":"event_4950","response_id":"resp_001",\
				"item_id":"msg_008","output_index":0,"content_index":0,"delta":"AQID"}""";
		server().text(delta);
		assertReceived(CREATED, delta);
	}

	private void setUp() {
		assertSent();
		server().text(CREATED);
		assertSent(
				"""
						{"type":"session.update","event_id":"setup","session":{"type":"realtime","instructions":"Be brief."}}""");
		server().text("""
				{"type":"session.updated","event_id":"event_C9G8mqI3IucaojlVKE8Cs","session":{"type":"realtime",\
				"object":"realtime.session","id":"sess_C9G5QPteg4UIbotdKLoYQ","instructions":"Be brief."}}""");
	}

}
