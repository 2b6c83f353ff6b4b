package io.github.resilientws.internal;

import org.springframework.test.util.ReflectionTestUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.MessagePaths;

/**
 * Reaches into a client, to find messages that it should have forgotten.
 */
public final class ClientInternals {

	private ClientInternals() {
	}

	public static MessagePaths messages(ResilientWebSocketClient client) {
		return ((ConnectionContext) field(field(field(client, "operations"), "lifecycle"), "context")).messages();
	}

	public static Object field(Object owner, String name) {
		Object value = ReflectionTestUtils.getField(owner, name);
		if (value == null) {
			throw new IllegalStateException(name + " is null");
		}
		return value;
	}

}
