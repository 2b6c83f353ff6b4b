package io.github.resilientws.internal.request;

import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.encoding.DeferredText;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Texts that are rendered for a connection.
 */
class DeferredEncoderTests {

	@Test
	void anErrorRefusesTheMessageThatIsRendered() throws MessageRefusedException {
		DeferredText text = new DeferredEncoder("request.send", Template.parse("request.send", "{{id}}"))
			.encode(OutboundMessage.empty(), null)
			.deferred();
		TemplateValues none = new TemplateValues(List.of(), () -> "", InstantSource.system());
		assertThatExceptionOfType(MessageRefusedException.class).isThrownBy(() -> text.render((name) -> {
			throw new OutOfMemoryError("Java heap space");
		}, none));
	}

}
