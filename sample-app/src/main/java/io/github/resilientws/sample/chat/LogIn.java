package io.github.resilientws.sample.chat;

import org.springframework.stereotype.Component;

import io.github.resilientws.Handshake;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.sample.server.Tokens;

/**
 * Supplies a fresh token to every attempt of every client.
 */
@Component
class LogIn implements HandshakeCustomizer {

	private final Tokens tokens;

	LogIn(Tokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public void customize(Handshake handshake) {
		handshake.setValue("token", this.tokens.issue());
	}

}
