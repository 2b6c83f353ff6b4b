package io.github.resilientws.sample.server;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * The log-in of this demo: issues tokens that are valid for one connection.
 */
@Component
public class Tokens {

	private static final int MAX_UNUSED = 1000;

	private final Set<String> unused = new LinkedHashSet<>();

	/**
	 * Issue a token.
	 * @return a new token
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
