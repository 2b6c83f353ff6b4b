package io.github.resilientws.scenario;

import java.util.Comparator;
import java.util.List;

import io.github.resilientws.test.ReceivedMessage;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.Recording;

/**
 * A text that reached a server.
 *
 * @param connection number of the connection, in order of acceptance
 * @param text the text
 */
public record Arrival(int connection, String text) {

	/**
	 * Return the texts as one client sent them: each connection has a thread of its own,
	 * so what was left in a lost one may be read after the first messages of the next.
	 * @param seen what the server saw
	 * @return the texts, by connection
	 */
	public static List<Arrival> of(Recording seen) {
		return seen.received(Kind.TEXT)
			.stream()
			.sorted(Comparator.comparingInt(ReceivedMessage::connection))
			.map((message) -> new Arrival(message.connection(), message.text()))
			.toList();
	}

}
