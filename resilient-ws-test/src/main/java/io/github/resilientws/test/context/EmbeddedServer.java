package io.github.resilientws.test.context;

import java.util.List;
import java.util.function.Consumer;

import org.springframework.beans.BeanUtils;
import org.springframework.util.StringUtils;

import io.github.resilientws.test.TestWebSocketServer;

/**
 * A server that a test class declares.
 *
 * @param clients names of its clients
 * @param script prepares it
 */
record EmbeddedServer(List<String> clients, Class<? extends Consumer<TestWebSocketServer>> script) {

	TestWebSocketServer start() {
		return TestWebSocketServer.start(BeanUtils.instantiateClass(this.script));
	}

	static String beanName(String client) {
		StringBuilder result = new StringBuilder();
		for (String part : client.split("-")) {
			result.append(result.isEmpty() ? part : StringUtils.capitalize(part));
		}
		return result.append("WebSocketServer").toString();
	}

}
