package io.github.resilientws.internal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.settings.TlsSettings;

/**
 * The objects that the application gives to one client in addition to its settings.
 *
 * @param customizers called before each attempt
 * @param observers notified of events
 * @param listeners receive messages from the start
 * @param tls returns the TLS settings of the next attempt, or {@code null} for those of
 * the JDK
 * @param components components by their type
 */
record ApplicationComponents(List<HandshakeCustomizer> customizers, List<ClientObserver> observers,
		List<WebSocketMessageListener> listeners, @Nullable Supplier<TlsSettings> tls,
		Map<Class<?>, Object> components) {

	ApplicationComponents {
		customizers = List.copyOf(customizers);
		observers = List.copyOf(observers);
		listeners = List.copyOf(listeners);
		components = Map.copyOf(components);
	}

	<T> @Nullable T component(Class<T> type) {
		return type.cast(this.components.get(type));
	}

	boolean haveNone(Class<?>... types) {
		return Collections.disjoint(this.components.keySet(), List.of(types));
	}

	<T> T component(Class<T> type, T defaultValue) {
		return type.cast(this.components.getOrDefault(type, defaultValue));
	}

}
