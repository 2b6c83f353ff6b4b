package io.github.resilientws.internal.answer;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.settings.InboundRequestSettings;

/**
 * The compiled rules of questions of the server, and of the answers to them. Immutable.
 *
 * @param when recognises a question
 * @param reply the answer of a listener
 * @param error the answer if a listener failed or was too late, or {@code null} for none
 * @param unhandled the answer if no listener method matched, or {@code null} for none
 * @param timeoutNanos time from the arrival of a question to its answer
 */
public record CompiledQuestions(MessageMatcher when, AnswerTemplate reply, @Nullable AnswerTemplate error,
		@Nullable AnswerTemplate unhandled, long timeoutNanos) {

	static final String PAYLOAD = "payload";

	static final String ERROR = "error";

	/**
	 * Compile the rules.
	 * @param builder collects the matchers and locators
	 * @param settings the settings
	 * @return the rules, or {@code null} if there are no questions
	 */
	public static @Nullable CompiledQuestions compile(MessageRules.Builder builder, InboundRequestSettings settings) {
		if (settings.when().isEmpty()) {
			return null;
		}
		AnswerTemplate error = template(builder, "inbound.request.error", settings.error());
		AnswerTemplate unhandled = template(builder, "inbound.request.unhandled", settings.unhandled());
		return new CompiledQuestions(builder.matcher("inbound.request.when", settings.when()),
				AnswerTemplate.compile(builder, "inbound.request.reply", settings.reply()), error,
				(unhandled != null) ? unhandled : error, settings.timeout().toNanos());
	}

	private static @Nullable AnswerTemplate template(MessageRules.Builder builder, String key, String text) {
		return text.isEmpty() ? null : AnswerTemplate.compile(builder, key, text);
	}

	boolean writesPayload() {
		return this.reply.template().names().contains(PAYLOAD);
	}

	/**
	 * Make sure that every template can be rendered.
	 * @param known names that have a value
	 */
	public void requireNames(Set<String> known) {
		Set<String> names = new HashSet<>(known);
		names.add(PAYLOAD);
		this.reply.template().requireNames(names);
		names.add(ERROR);
		refusals().forEach((template) -> template.requireNames(names));
	}

	/**
	 * Return names that templates use, but for those that a question or its answer
	 * supplies.
	 * @param kind returns the names of a template
	 * @return the names
	 */
	public Set<String> names(Function<Template, Set<String>> kind) {
		Set<String> names = new HashSet<>();
		refusals().forEach((template) -> names.addAll(kind.apply(template)));
		names.remove(ERROR);
		names.addAll(kind.apply(this.reply.template()));
		names.remove(PAYLOAD);
		return names;
	}

	private List<Template> refusals() {
		return Stream.of(this.error, this.unhandled).filter(Objects::nonNull).map(AnswerTemplate::template).toList();
	}

}
