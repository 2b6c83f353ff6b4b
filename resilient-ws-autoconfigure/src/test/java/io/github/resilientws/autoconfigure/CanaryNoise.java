package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.resilientws.Handshake;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.event.WebSocketClientEvent;
import io.github.resilientws.settings.InvalidSettingException;

/**
 * An application that supplies canaries to its clients, and keeps what they report.
 */
@Configuration(proxyBeanMethods = false)
class CanaryNoise {

	final Queue<WebSocketClientEvent> events = new ConcurrentLinkedQueue<>();

	final Queue<InboundMessage> messages = new ConcurrentLinkedQueue<>();

	final Queue<Observation.Context> observations = new ConcurrentLinkedQueue<>();

	final Queue<Exception> refusals = new ConcurrentLinkedQueue<>();

	@Bean
	HandshakeCustomizer customizer() {
		return (handshake) -> {
			handshake.setHeader("X-Customized", "cAnArY-header");
			switch (handshake.getClientName()) {
				case "supplied" -> throw new IllegalArgumentException("no token for cAnArY-value");
				case "unsupplied" -> handshake.setUrl(URI.create("ws://localhost:1/cAnArY-path"));
				case "user-info" -> refuse(handshake);
				default -> handshake.setValue("token", "cAnArY-value");
			}
		};
	}

	private void refuse(Handshake handshake) {
		try {
			if (handshake.getAttempt() % 2 == 0) {
				handshake.setHeader("X-Broken", "cAnArY-header\r\n");
			}
			handshake.setUrl(URI.create("ws://cAnArY-user:cAnArY-password@localhost:1/cAnArY-path?cAnArY-query"));
		}
		catch (InvalidSettingException ex) {
			this.refusals.add(ex);
			throw ex;
		}
	}

	@Bean
	WebSocketMessageListener recorder() {
		return this.messages::add;
	}

	@Bean
	ObservationHandler<Observation.Context> observer() {
		return new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				if (context.getName().startsWith("resilient.ws.")) {
					CanaryNoise.this.observations.add(context);
				}
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		};
	}

	@EventListener
	void any(WebSocketClientEvent event) {
		this.events.add(event);
	}

	@WebSocketListener
	void text(String text) {
		throw new IllegalStateException("cannot handle " + text);
	}

	@WebSocketListener
	void converted(List<Integer> list) {
	}

	@WebSocketListener
	void located(Map<String, Integer> map) {
	}

}
