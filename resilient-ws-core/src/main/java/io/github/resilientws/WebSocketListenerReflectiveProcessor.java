package io.github.resilientws;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.SimpleReflectiveProcessor;

/**
 * Registers hints for {@link WebSocketListener} methods: for calling them, and for
 * binding JSON to their parameters.
 */
class WebSocketListenerReflectiveProcessor extends SimpleReflectiveProcessor {

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	protected void registerMethodHint(ReflectionHints hints, Method method) {
		super.registerMethodHint(hints, method);
		for (Type type : method.getGenericParameterTypes()) {
			if (type != ResilientWebSocketClient.class && type != InboundMessage.class) {
				this.binding.registerReflectionHints(hints, type);
			}
		}
	}

}
