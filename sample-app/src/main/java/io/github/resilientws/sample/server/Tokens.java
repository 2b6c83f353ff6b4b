package io.github.resilientws.sample.server;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * The log-in of this demo: hands out tokens that are good for one connection.
 */
@Component
public class Tokens {

	private static final int MAX_UNUSED = 1000;

	private final Set<String> unused = new LinkedHashSet<>();

	/**
	 * Issue a token.
	 * @return a token never issued before
	 */
	public synchronized String issue() {
		if (this.unused.size() >= MAX_UNUSED) {
			this.unused.remove(this.unused.iterator().next());
		}
		String token = UUID.randomUUID().toString();
		this.unused.add(token);
		return token;
	}

	synchronized boolean redeem(String token) {
		return this.unused.remove(token);
	}

}
