package io.github.resilientws.autoconfigure.conversation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/gemini.yml}.
 */
class GeminiTests extends Conversation {

	private static final String MODEL = "models/gemini-2.5-flash-native-audio-preview-09-2025";

	@BeforeEach
	void start() {
		property("GEMINI_API_KEY", "AIza");
		startFile("gemini.yml");
		this.client.addListener((message) -> this.received.add(message.text()));
		this.client.connect();
	}

	@Test
	void audioGoesAsBase64AndComesInBinaryFrames() {
		setUp();
		assertThat(server().request().headers()).containsEntry("x-goog-api-key", "AIza");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
		this.client.send(ByteBuffer.wrap(new byte[] { 1, 2, 3 }));
		assertSent("""
				{"realtimeInput":{"audio":{"mimeType":"audio/pcm;rate=16000","data":"AQID"}}}""");
		String audio = """
				{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":"AQID"}}]}}}""";
		answer(audio);
		assertReceived(audio);
	}

	@Test
	void sessionIsResumedWithTheNewestHandle() {
		setUp();
		answer("""
				{"sessionResumptionUpdate":{"newHandle":"handle 1","resumable":true}}""");
		answer("""
				{"sessionResumptionUpdate":{"resumable":false}}""");
		answer("""
				{"goAway":{"timeLeft":"10s"}}""");
		assertThat(server().closeCode()).isEqualTo(1000);
		this.client.send(ByteBuffer.wrap(new byte[] { 1 }));

		advance(Duration.ofSeconds(1));
		assertSent("""
				{"setup":{"model":"%s","sessionResumption":{"handle":"handle 1"}}}""".formatted(MODEL));
		answer("""
				{"setupComplete":{}}""");
		assertSent("""
				{"realtimeInput":{"audio":{"mimeType":"audio/pcm;rate=16000","data":"AQ=="}}}""");
	}

	private void setUp() {
		assertSent("""
				{"setup":{"model":"%s","sessionResumption":{}}}""".formatted(MODEL));
		answer("""
				{"setupComplete":{}}""");
	}

	private void answer(String json) {
		server().binary(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
	}

}
