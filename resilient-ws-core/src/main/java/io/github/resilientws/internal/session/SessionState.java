package io.github.resilientws.internal.session;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.WebSocketUrl;

/**
 * State of a client's session, over reconnects: the captured values
 * ({@code session.captures}), such as resume tokens, which are secrets, and the attempts
 * to resume the session. Confined to the client's executor.
 */
public final class SessionState {

	/** Attempts in a row to resume a session after which it is forgotten. */
	public static final int MAX_FAILED_RESUMES = 3;

	// as many as the settings name
	private Map<String, Object> captures = Map.of();

	private @Nullable WebSocketUrl server;

	private int failedResumes;

	void put(String name, Object value) {
		if (this.captures.isEmpty()) {
			this.captures = new HashMap<>();
		}
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

	/**
	 * Return the server that a client without configured URLs connected to last, without
	 * {@code session.resume-url}.
	 * @return its URL, or {@code null} if none has
	 */
	public @Nullable WebSocketUrl server() {
		return this.server;
	}

	public void setServer(WebSocketUrl server) {
		this.server = server;
	}

	/** An attempt to resume the session got a connection. */
	public void onResumed() {
		this.failedResumes = 0;
	}

	/**
	 * An attempt to resume the session got no connection.
	 * @return whether this was one too many, so that the session is forgotten
	 */
	public boolean onResumeFailed() {
		this.failedResumes++;
		boolean tooMany = this.failedResumes == MAX_FAILED_RESUMES;
		if (tooMany) {
			clear();
		}
		return tooMany;
	}

	/** Forget the session: the next one is the first. */
	public void clear() {
		this.captures = Map.of();
		this.failedResumes = 0;
	}

}
