package io.github.resilientws.internal.handshake;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.ComputedValue;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.Handshake;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.HeaderRules;
import io.github.resilientws.settings.UrlRules;
import io.github.resilientws.settings.ValueRules;

/**
 * URL, headers and values of one attempt, from settings and customizers. Confined to the
 * customizers' thread, then to the executor.
 */
public final class HandshakeDraft implements Handshake {

	private final String clientName;

	private final int attempt;

	private final @Nullable DisconnectCause lastCause;

	private final Map<String, List<String>> lastResponseHeaders;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final Map<String, String> configuredValues;

	private final Map<String, String> captures;

	// a String or a ComputedValue
	private final Map<String, Object> values = new HashMap<>();

	private @Nullable URI url;

	private boolean urlChosen;

	private @Nullable Long fence;

	public HandshakeDraft(ClientSettings settings, @Nullable URI url, int attempt, @Nullable DisconnectCause lastCause,
			Map<String, List<String>> lastResponseHeaders, Map<String, String> captures) {
		this.clientName = settings.name();
		this.url = url;
		this.attempt = attempt;
		this.lastCause = lastCause;
		this.lastResponseHeaders = lastResponseHeaders;
		this.configuredValues = settings.values();
		this.captures = captures;
		this.headers.putAll(settings.headers());
		if (!settings.origin().isEmpty()) {
			this.headers.put("Origin", settings.origin());
		}
	}

	/**
	 * Set the number of the ownership of the line, which headers and values have.
	 * @param fence the number; 0 if the election has none
	 */
	public void setFence(long fence) {
		this.fence = fence;
	}

	@Override
	public long getFence() {
		return (this.fence != null) ? this.fence : 0;
	}

	@Override
	public String getClientName() {
		return this.clientName;
	}

	@Override
	public int getAttempt() {
		return this.attempt;
	}

	@Override
	public @Nullable DisconnectCause getLastCause() {
		return this.lastCause;
	}

	@Override
	public Map<String, List<String>> getLastResponseHeaders() {
		return this.lastResponseHeaders;
	}

	@Override
	public void setUrl(URI url) {
		Assert.notNull(url, "'url' must not be null");
		UrlRules.check("url", url);
		this.url = url;
		this.urlChosen = true;
	}

	@Override
	public void setHeader(String name, String value) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, "'value' must not be null");
		HeaderRules.check(name, value);
		this.headers.put(name, value);
	}

	@Override
	public void setValue(String name, String value) {
		put(name, value);
	}

	@Override
	public void setValue(String name, ComputedValue value) {
		put(name, value);
	}

	private void put(String name, Object value) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, "'value' must not be null");
		ValueRules.check(name);
		this.values.put(name, value);
	}

	@Override
	public @Nullable String getValue(String name) {
		Object value = this.values.get(name);
		if (value != null) {
			return (value instanceof String text) ? text : null;
		}
		String captured = this.captures.get(name);
		return (captured != null) ? captured : this.configuredValues.get(name);
	}

	@Nullable URI url() {
		return this.url;
	}

	/**
	 * Return whether a customizer has set the URL.
	 * @return whether it has
	 */
	boolean isUrlChosen() {
		return this.urlChosen;
	}

	Map<String, String> headers() {
		Map<String, String> all = new HashMap<>(this.headers);
		if (this.fence != null) {
			String number = this.fence.toString();
			all.replaceAll((name, value) -> value.replace("{{fence}}", number));
		}
		return Map.copyOf(all);
	}

	/**
	 * Return the values that were set.
	 * @return a snapshot: a {@code String}, a {@code Long} or a {@code ComputedValue} for
	 * each name
	 */
	Map<String, Object> values() {
		Map<String, Object> all = new HashMap<>(this.values);
		if (this.fence != null) {
			all.put("fence", this.fence);
		}
		return Map.copyOf(all);
	}

}
