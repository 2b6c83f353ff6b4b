package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/homeassistant.yml}.
 */
class HomeAssistantTests extends Conversation {

	@BeforeEach
	void start() {
		property("HA_TOKEN", "ABCDEFGH");
		startFile("homeassistant.yml");
		this.client.connect();
	}

	@Test
	void logsIn() {
		logIn();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void wrongTokenStopsTheClient() {
		server().text("""
				{"type":"auth_required","ha_version":"2021.5.3"}""");
		server().text("""
				{"type":"auth_invalid","message":"Invalid password"}""");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
	}

	@Test
	void callsHaveReplies() {
		logIn();
		CompletableFuture<Called> call = this.client.convertSendAndReceive("call_service",
				new ServiceCall("light", "turn_on"), Called.class);
		CompletableFuture<Object> unknown = this.client.convertSendAndReceive("fire_event", null, Object.class);
		assertSent("""
				{"id":1,"type":"call_service","domain":"light","service":"turn_on"}""", """
				{"id":2,"type":"fire_event"}""");

		server().text("""
				{"id":1,"type":"result","success":true,"result":{"context":{"id":"326ef27d19415c60c492fe330945f954"},\
				"response":null}}""");
		server().text("""
				{"id":2,"type":"result","success":false,"error":{"code":"invalid_format",\
				"message":"required key not provided @ data['event_type']. Got None"}}""");
		assertThat(call).succeedsWithin(LIMIT).isEqualTo(new Called(null));
		assertThat(refusal(unknown).getPayload(Refusal.class).code()).isEqualTo("invalid_format");
	}

	@Test
	void everythingSentOnAConnectionIsNumbered() {
		logIn();
		WebSocketSubscription states = this.client.subscribe("state_changed", Event.class, this.received::add);
		assertSent("""
				{"id":1,"type":"subscribe_events","event_type":"state_changed"}""");
		server().text("""
				{"id":1,"type":"result","success":true,"result":null}""");
		assertThat(states.active()).succeedsWithin(LIMIT);
		server().text("""
				{"id":1,"type":"event","event":{"data":{"entity_id":"light.bed_light"},"event_type":"state_changed",\
				"time_fired":"2016-11-26T01:37:24.265429+00:00","origin":"LOCAL"}}""");
		assertReceived(new Event(new Data("light.bed_light")));
		advance(Duration.ofSeconds(30));
		assertSent("""
				{"id":2,"type":"ping"}""");

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		logIn();
		assertSent("""
				{"id":1,"type":"subscribe_events","event_type":"state_changed"}""");
		server().text("""
				{"id":1,"type":"result","success":true,"result":null}""");
		states.close();
		assertSent("""
				{"id":2,"type":"unsubscribe_events","subscription":1}""");
	}

	@Test
	void pongsAreNoMessages() {
		logIn();
		this.client.addListener((message) -> this.received.add(message.text()));
		advance(Duration.ofSeconds(30));
		assertSent("""
				{"id":1,"type":"ping"}""");
		server().text("""
				{"id":1,"type":"pong"}""");
		server().text("{}");
		assertReceived("{}");
	}

	private void logIn() {
		assertSent();
		server().text("""
				{"type":"auth_required","ha_version":"2021.5.3"}""");
		assertSent("""
				{"type":"auth","access_token":"ABCDEFGH"}""");
		server().text("""
				{"type":"auth_ok","ha_version":"2021.5.3"}""");
	}

	record ServiceCall(String domain, String service) {

	}

	record Called(Object response) {

	}

	record Refusal(String code, String message) {

	}

	record Event(Data data) {

	}

	record Data(String entity_id) {

	}

}
