package io.github.resilientws;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.SimpleReflectiveProcessor;
import org.springframework.core.ResolvableType;

/**
 * Registers hints for {@link WebSocketListener} methods: for calling them, and for
 * binding JSON to their parameters and results.
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
		ResolvableType result = ResolvableType.forMethodReturnType(method);
		ResolvableType stage = result.as(CompletionStage.class);
		registerResult(hints, (stage != ResolvableType.NONE) ? stage.getGeneric() : result);
	}

	private void registerResult(ReflectionHints hints, ResolvableType result) {
		Class<?> type = result.resolve();
		if (type != null && type != void.class && type != Void.class) {
			this.binding.registerReflectionHints(hints, type);
			for (ResolvableType part : result.getGenerics()) {
				registerResult(hints, part);
			}
		}
	}

}
