package io.github.resilientws.endurance;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;

/**
 * A client for a process of its own, which prints what happens to it.
 */
public final class PausedClient {

	private PausedClient() {
	}

	public static void main(String[] args) throws IOException {
		ResilientWebSocketClient client = ResilientWebSocketClient.builder("paused", URI.create(args[0]))
			.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(2)).withTimeout(Duration.ofSeconds(1)))
			.observer(new Printer())
			.build();
		client.connect();
		while (System.in.read() != -1) {
			// until the parent ends
		}
		System.exit(0);
	}

	private static final class Printer implements ClientObserver {

		@Override
		public void connecting(String client, int attempt) {
			System.out.println("connecting");
		}

		@Override
		public void ready(String client, Duration outage) {
			System.out.println("ready");
		}

		@Override
		public void disconnected(String client, DisconnectCause cause) {
			System.out.println("disconnected " + cause.describe());
		}

		@Override
		public void heartbeatMissed(String client, int missed) {
			System.out.println("missed");
		}

	}

}
