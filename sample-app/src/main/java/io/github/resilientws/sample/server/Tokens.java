package io.github.resilientws.sample.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.stereotype.Component;

/**
 * The log-in of this demo: issues tokens that are valid for one connection. They are
 * signed, so that the server accepts those of another process.
 */
@Component
public class Tokens {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int MAX_USED = 1000;

	private final SecretKeySpec key;

	private final Set<String> used = new LinkedHashSet<>();

	Tokens(DemoServerProperties properties) {
		this.key = new SecretKeySpec(properties.tokenKey().getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/**
	 * Issue a token.
	 * @return a new token
	 */
	public String issue() {
		String id = UUID.randomUUID().toString();
		return id + "." + signature(id);
	}

	synchronized boolean redeem(String token) {
		int dot = token.indexOf('.');
		String id = token.substring(0, Math.max(dot, 0));
		String expected = id + "." + signature(id);
		if (!MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))
				|| !this.used.add(id)) {
			return false;
		}
		if (this.used.size() > MAX_USED) {
			this.used.remove(this.used.iterator().next());
		}
		return true;
	}

	private String signature(String id) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
