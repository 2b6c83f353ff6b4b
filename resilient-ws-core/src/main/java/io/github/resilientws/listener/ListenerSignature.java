package io.github.resilientws.listener;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketClientEvent;

/**
 * The checked signature of a listener method: at most one payload, optionally the client,
 * and a result that can be an answer.
 *
 * @param description class, method and parameter types, for failure texts
 * @param kind kind of the payload parameter
 * @param payload payload parameter, or {@code null} without one
 * @param clientIndex index of the client parameter, or -1
 * @param parameterCount number of parameters
 * @param returnsValue whether the method can answer a question of the server
 */
record ListenerSignature(String description, PayloadKind kind, @Nullable MethodParameter payload, int clientIndex,
		int parameterCount, boolean returnsValue) {

	// their values would neither be awaited nor read
	private static final Set<String> UNSUPPORTED_RESULTS = Set.of(Future.class.getName(),
			Flow.Publisher.class.getName(), "org.reactivestreams.Publisher");

	private static final String ALLOWED = "allowed are at most one payload (String, byte[], ByteBuffer, InboundMessage"
			+ " or a type that is read from JSON) and the ResilientWebSocketClient, in any order";

	static ListenerSignature of(Method method, Class<?> beanClass) {
		String description = describe(method, beanClass);
		Assert.state(!Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()),
				() -> description + " is private or static; allowed are public, protected and package-private"
						+ " instance methods");
		checkResult(description, method.getReturnType());
		MethodParameter payload = null;
		int clientIndex = -1;
		for (int index = 0; index < method.getParameterCount(); index++) {
			MethodParameter parameter = new MethodParameter(method, index).withContainingClass(beanClass);
			Class<?> type = parameter.getParameterType();
			if (type == ResilientWebSocketClient.class && clientIndex < 0) {
				clientIndex = index;
			}
			else if (payload == null && isPayload(type)) {
				payload = parameter;
			}
			else {
				throw new InvalidListenerException(description + ": parameter " + index + " of type " + type.getName()
						+ " is not supported; " + ALLOWED);
			}
		}
		PayloadKind kind = (payload != null) ? PayloadKind.of(payload.getParameterType()) : PayloadKind.NONE;
		return new ListenerSignature(description, kind, payload, clientIndex, method.getParameterCount(),
				method.getReturnType() != void.class);
	}

	private static void checkResult(String description, Class<?> type) {
		if (!CompletionStage.class.isAssignableFrom(type) && isUnsupported(type)) {
			throw new InvalidListenerException(description + ": return type " + type.getName()
					+ " is not supported; allowed are void, a value that is written as JSON, and a CompletionStage of"
					+ " one");
		}
	}

	// by name, because Reactive Streams is not always on the class path
	private static boolean isUnsupported(Class<?> type) {
		return UNSUPPORTED_RESULTS.contains(type.getName()) || ClassUtils.getAllInterfacesForClassAsSet(type)
			.stream()
			.anyMatch((parent) -> UNSUPPORTED_RESULTS.contains(parent.getName()));
	}

	private static boolean isPayload(Class<?> type) {
		return type != ResilientWebSocketClient.class && type != Optional.class && !Message.class.isAssignableFrom(type)
				&& !WebSocketClientEvent.class.isAssignableFrom(type);
	}

	private static String describe(Method method, Class<?> beanClass) {
		return "@WebSocketListener " + beanClass.getName() + "." + method.getName()
				+ Arrays.stream(method.getParameterTypes())
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", ", "(", ")"));
	}

	@Nullable Object[] arguments(@Nullable Object value, ResilientWebSocketClient client) {
		@Nullable Object[] arguments = new @Nullable Object[this.parameterCount];
		if (this.payload != null) {
			arguments[this.payload.getParameterIndex()] = value;
		}
		if (this.clientIndex >= 0) {
			arguments[this.clientIndex] = client;
		}
		return arguments;
	}

}
