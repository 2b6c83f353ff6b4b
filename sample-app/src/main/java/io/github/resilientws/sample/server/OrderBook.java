package io.github.resilientws.sample.server;

import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.stereotype.Component;

/**
 * The work orders that the server accepted. An order that arrives several times counts
 * once. It remembers the last 10,000 ids, in memory only; a real server stores them
 * together with the orders.
 */
@Component
final class OrderBook {

	private static final int REMEMBERED = 10_000;

	private final Set<String> ids = new LinkedHashSet<>();

	private long orders;

	private long repeats;

	synchronized void take(String id) {
		if (!this.ids.add(id)) {
			this.repeats++;
			return;
		}
		this.orders++;
		if (this.ids.size() > REMEMBERED) {
			this.ids.remove(this.ids.iterator().next());
		}
	}

	synchronized long orders() {
		return this.orders;
	}

	synchronized long repeats() {
		return this.repeats;
	}

}
