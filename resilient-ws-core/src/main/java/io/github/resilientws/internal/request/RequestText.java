package io.github.resilientws.internal.request;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.encoding.DeferredText;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.protocol.TemplateValues;

/**
 * The text of a request.
 *
 * @param text renders the text
 * @param request receives the reply
 */
record RequestText(DeferredText text, Request request) implements DeferredText {

	@Override
	public byte[] render(Object id, TemplateValues values) throws MessageRefusedException {
		return this.text.render(id, values);
	}

	@Override
	public @Nullable String givenId() {
		return this.text.givenId();
	}

}
