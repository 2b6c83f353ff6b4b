package io.github.resilientws.internal.handshake;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.execution.CustomizerThreads;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.internal.monitoring.HandshakeObservation;
import io.github.resilientws.internal.session.SessionState;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;

/**
 * Prepares one attempt: calls the customizers and completes the handshake draft from the
 * settings.
 */
final class AttemptPreparation {

	private static final Log logger = LogFactory.getLog(AttemptPreparation.class);

	private final ConnectionContext context;

	private final AttemptResources resources;

	private final HandshakeDraft draft;

	private final @Nullable HandshakeObservation observation;

	private boolean resuming;

	AttemptPreparation(ConnectionContext context, AttemptResources resources, HandshakeDraft draft) {
		this.context = context;
		this.resources = resources;
		this.draft = draft;
		ClientObservations observations = resources.observations();
		this.observation = (observations != null && observations.areWanted()) ? new HandshakeObservation(observations)
				: null;
	}

	/**
	 * Call the customizers.
	 * @param wanted whether the attempt is still under way; called on any thread
	 * @param done receives, on the executor, the exception of a customizer or of the
	 * store, or {@code null}
	 */
	void customize(BooleanSupplier wanted, Consumer<@Nullable Throwable> done) {
		HandshakeCustomizers customizers = this.resources.customizers();
		if (!customizers.areNeeded() && this.observation == null) {
			done.accept(null);
			return;
		}
		boolean accepted = customizers.execute(() -> {
			// the call may have waited for a thread for long
			if (wanted.getAsBoolean()) {
				Throwable failure = (this.observation != null)
						? this.observation.start(this.draft, () -> customizers.customize(this.draft))
						: customizers.customize(this.draft);
				// a call that ends the application returns after the executor was closed
				if (wanted.getAsBoolean()) {
					this.context.executor().execute(() -> done.accept(failure));
				}
			}
		});
		if (!accepted) {
			done.accept(new PreparationException(CustomizerThreads.MAX_CALLS
					+ " earlier calls of HandshakeCustomizers or stores have not returned"));
		}
	}

	/**
	 * The attempt has ended.
	 * @param failure the cause, or {@code null} if the handshake was done
	 */
	void attemptEnded(@Nullable DisconnectCause failure) {
		if (this.resuming) {
			resumeEnded(failure);
		}
		if (this.observation != null) {
			this.observation.end(failure);
		}
	}

	private void resumeEnded(@Nullable DisconnectCause failure) {
		SessionState state = this.context.session().state();
		if (failure == null) {
			state.onResumed();
		}
		else if (!(failure instanceof DisconnectCause.Requested) && state.onResumeFailed()) {
			logger.warn("[" + this.context.clientName() + "] " + SessionState.MAX_FAILED_RESUMES
					+ " attempts with session.resume-url failed: the next one begins a new session");
		}
	}

	/**
	 * Return the request to connect.
	 * @param values values of templates
	 * @return the request
	 * @throws IllegalStateException if no URL is configured, or that of a session to
	 * resume is not allowed
	 */
	ConnectRequest request(TemplateValues values) {
		ClientSettings settings = this.context.settings();
		AttemptTarget target = target(values);
		ConnectRequest request = new ConnectRequest(target.url(), target.headers(), settings.subprotocols(),
				settings.maxMessageSize(), settings.maxFrameSize(), settings.connectTimeout(), settings.closeTimeout(),
				(this.resources.tls() != null) ? this.resources.tls().get() : null, settings.proxy(),
				settings.compression());
		this.resources.plaintextWarning().check(settings.name(), request, this.context.rules().get().names());
		return request;
	}

	private AttemptTarget target(TemplateValues values) {
		Template resumeUrl = this.context.rules().get().resumeUrl();
		Map<String, String> headers = this.draft.headers();
		this.resuming = resumeUrl != null && !this.draft.isUrlChosen()
				&& resumeUrl.requiredNames().stream().allMatch(values::has);
		if (this.resuming && resumeUrl != null) {
			return AttemptTarget.resume(resumeUrl, values, knownServers(), headers);
		}
		URI url = this.draft.url();
		if (url == null) {
			throw new PreparationException("no url: neither the settings nor a HandshakeCustomizer supply one");
		}
		if (this.context.settings().urls().isEmpty()) {
			this.context.session().state().setServer(WebSocketUrl.of(url));
		}
		return new AttemptTarget(url, headers);
	}

	private List<WebSocketUrl> knownServers() {
		List<URI> urls = this.context.settings().urls();
		WebSocketUrl last = this.context.session().state().server();
		return (urls.isEmpty() && last != null) ? List.of(last) : urls.stream().map(WebSocketUrl::of).toList();
	}

	/**
	 * Return the values for templates.
	 * @return the values; those of the customizers override those of the settings
	 * @throws IllegalStateException if a template lacks a value
	 */
	TemplateValues values() {
		TemplateValues values = new TemplateValues(sources(), () -> UUID.randomUUID().toString(),
				this.resources.clock());
		for (String name : this.context.rules().get().requiredNames()) {
			// a session may capture a value before it needs it; {{id}} belongs to each
			// text
			if (!values.has(name) && !name.equals("id")
					&& !this.context.settings().session().captures().containsKey(name)) {
				throw new PreparationException("no value for {{" + name + "}}");
			}
		}
		return values;
	}

	private List<Function<String, @Nullable Object>> sources() {
		List<Function<String, @Nullable Object>> sources = new ArrayList<>();
		Map<String, Object> given = this.draft.values();
		if (!given.isEmpty()) {
			sources.add(given::get);
		}
		sources.add(this.context.session().state()::find);
		Map<String, ?> configured = this.context.settings().values();
		if (!configured.isEmpty()) {
			sources.add(configured::get);
		}
		return sources;
	}

}
