package io.github.resilientws.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.MessageRulesProvider;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.settings.InvalidSettingException;

/**
 * Creates the group of a client from its methods. Checks matchers, locators and
 * converters.
 */
class ListenerGroupFactory {

	private final ResilientWebSocketClient client;

	private final Supplier<@Nullable MessageConverter> converter;

	private final MessageRulesRegistry rules;

	ListenerGroupFactory(ResilientWebSocketClient client, Supplier<@Nullable MessageConverter> converter) {
		this.client = client;
		this.converter = converter;
		this.rules = (client instanceof MessageRulesProvider provider) ? provider.messageRules()
				: new MessageRulesRegistry();
	}

	ListenerGroup group(List<ListenerMethod> methods, String defaultPayload) {
		List<BoundListener> listeners = new ArrayList<>();
		for (ListenerMethod method : methods) {
			listeners.add(bind(method, defaultPayload));
		}
		return new ListenerGroup(this.rules.current(), listeners);
	}

	private BoundListener bind(ListenerMethod method, String defaultPayload) {
		String when = method.annotation().when();
		String own = method.annotation().payload();
		PayloadKind kind = method.signature().kind();
		String payload = (own.isEmpty() && kind != PayloadKind.MESSAGE && kind != PayloadKind.NONE) ? defaultPayload
				: own;
		try {
			MessageMatcher matcher = when.isEmpty() ? null : register((builder) -> builder.matcher("when", when));
			Locator locator = payload.isEmpty() ? null : register((builder) -> builder.locator("payload", payload));
			return new BoundListener(method, this.client, matcher, locator, reader(method.signature()));
		}
		catch (InvalidSettingException ex) {
			throw new InvalidListenerException(method.signature().description() + ": " + ex.getMessage(), ex);
		}
	}

	private <T> T register(Function<MessageRules.Builder, T> compiler) {
		T compiled = this.rules.register(compiler);
		this.rules.setUsedByListeners();
		return compiled;
	}

	private @Nullable PayloadReader reader(ListenerSignature signature) {
		MethodParameter parameter = signature.payload();
		if (parameter == null || signature.kind() != PayloadKind.CONVERTED) {
			return null;
		}
		MessageConverter converter = this.converter.get();
		if (converter == null) {
			throw new InvalidListenerException(signature.description() + ": nothing can read "
					+ parameter.getParameterType().getName() + " from JSON; add tools.jackson.core:jackson-databind, or"
					+ " a MessageConverter for client '" + this.client.getName() + "'");
		}
		return new PayloadReader(signature.description(), converter, parameter);
	}

}
