package io.github.resilientws.sample.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Faults that can be switched on.
 */
public enum Fault {

	/** Close every connection and do not listen for a while. */
	DROP(8),

	/** Cut every connection by a TCP reset. */
	RESET(0),

	/** Read, but send no answers for a while. */
	SILENT(15),

	/** Stop reading for a while. */
	STOP_READING(15),

	/** Accept work orders, but acknowledge none for a while. */
	NO_ACKS(15),

	/** Cut every connection and refuse the next handshake of each path with 401. */
	REFUSE_401(10),

	/** Cut every connection and refuse all handshakes with 401 for a while. */
	REVOKE(20),

	/** Cut every connection and refuse all handshakes with 503 for a while. */
	REFUSE_503(10),

	/** Push 50,000 messages to all members of the chat. */
	FLOOD(0);

	private final Duration duration;

	Fault(int seconds) {
		this.duration = Duration.ofSeconds(seconds);
	}

	/**
	 * Return the duration of the fault.
	 * @return the duration; zero if it happens once
	 */
	public Duration duration() {
		return this.duration;
	}

	/**
	 * Return the name used in addresses.
	 * @return lower case with dashes
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return the fault with the given id.
	 * @param id name used in addresses
	 * @return the fault, or empty if the id is unknown
	 */
	public static Optional<Fault> of(String id) {
		return Arrays.stream(values()).filter((fault) -> fault.id().equals(id)).findFirst();
	}

	boolean cutsConnections() {
		return this == DROP || this == RESET || this == REFUSE_401 || this == REVOKE || this == REFUSE_503;
	}

}
