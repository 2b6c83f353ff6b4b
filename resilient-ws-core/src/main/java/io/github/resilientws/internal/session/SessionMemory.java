package io.github.resilientws.internal.session;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.TemplateValues;

/**
 * What the server has told a client ({@code session.captures}), over reconnects: resume
 * tokens and the like, which are secrets. Confined to the client's executor.
 */
public final class SessionMemory {

	// as many as the settings name
	private final Map<String, Object> captures = new HashMap<>();

	void put(String name, Object value) {
		this.captures.put(name, value);
	}

	/**
	 * Find a captured value.
	 * @param name name of the value
	 * @return a value for templates, or {@code null} if there is none
	 */
	public @Nullable Object find(String name) {
		return this.captures.get(name);
	}

	/**
	 * Return the captured values as texts.
	 * @return a snapshot, for any thread
	 */
	public Map<String, String> texts() {
		Map<String, String> texts = new HashMap<>();
		this.captures.forEach((name, value) -> texts.put(name, TemplateValues.textOf(value)));
		return Map.copyOf(texts);
	}

	/** Forget everything. */
	public void clear() {
		this.captures.clear();
	}

}
