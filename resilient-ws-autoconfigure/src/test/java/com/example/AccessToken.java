package com.example;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Component;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.Handshake;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.WebSocketClientName;

@Component
@WebSocketClientName("chat")
class AccessToken implements HandshakeCustomizer {

	private static final String REGISTRATION = "chat";

	private static final String PRINCIPAL = "chat-client"; // any name: no user takes part

	private final OAuth2AuthorizedClientService tokens;

	private final OAuth2AuthorizedClientManager manager;

	AccessToken(ClientRegistrationRepository registrations, OAuth2AuthorizedClientService tokens) {
		this.tokens = tokens;
		this.manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, tokens);
	}

	@Override
	public void customize(Handshake handshake) {
		if (isRefused(handshake.getLastCause())) {
			// the manager would hand it out again until it expires
			this.tokens.removeAuthorizedClient(REGISTRATION, PRINCIPAL);
		}
		OAuth2AuthorizedClient authorized = this.manager
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION).principal(PRINCIPAL).build());
		if (authorized == null) {
			throw new IllegalStateException("the registration is not for client credentials");
		}
		handshake.setHeader("Authorization", "Bearer " + authorized.getAccessToken().getTokenValue());
	}

	private static boolean isRefused(@Nullable DisconnectCause cause) {
		if (cause instanceof DisconnectCause.HandshakeRefused refused) {
			return refused.status() == 401 || refused.status() == 403;
		}
		// a server that ends the connection when the token expires
		return cause instanceof DisconnectCause.Closed closed && (closed.code() == 1008 || closed.code() == 4401);
	}

}
