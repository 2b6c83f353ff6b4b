package io.github.resilientws.internal.request;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.encoding.DeferredText;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;

/**
 * The text of a request.
 *
 * @param text renders the text
 * @param request receives the reply
 */
record RequestText(DeferredText text, Request request) implements DeferredText {

	@Override
	public byte[] render(Function<String, @Nullable Object> own, TemplateValues values) throws MessageRefusedException {
		return this.text.render(own, values);
	}

	@Override
	public boolean hasId() {
		return this.text.hasId();
	}

	@Override
	public @Nullable String givenId() {
		return this.text.givenId();
	}

	@Override
	public @Nullable String destination() {
		return this.text.destination();
	}

	@Override
	public DeferredText in(Template template) {
		return new RequestText(this.text.in(template), this.request);
	}

}
