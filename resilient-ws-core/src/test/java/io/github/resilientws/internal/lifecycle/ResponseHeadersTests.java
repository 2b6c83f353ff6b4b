package io.github.resilientws.internal.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The headers of the server's answer to the opening handshake.
 */
class ResponseHeadersTests {

	private static final Map<String, List<String>> FIRST = Map.of("Set-Cookie", List.of("route=a"));

	private static final Map<String, List<String>> SECOND = Map.of("Set-Cookie", List.of("route=b"));

	private final List<Map<String, List<String>>> seenByCustomizer = new CopyOnWriteArrayList<>();

	private final List<Map<String, List<String>>> seenByObserver = new CopyOnWriteArrayList<>();

	private final Rig rig = new Rig((builder) -> builder
		.handshakeCustomizer((handshake) -> this.seenByCustomizer.add(handshake.getLastResponseHeaders()))
		.observer(new ClientObserver() {
			@Override
			public void connected(String client, Map<String, List<String>> responseHeaders) {
				ResponseHeadersTests.this.seenByObserver.add(responseHeaders);
			}
		}));

	@Test
	void observersSeeThemOfEachConnectionAndCustomizersThoseOfTheLastOne() {
		this.rig.transport.script((connection) -> connection.open(FIRST));
		this.rig.client.connect();
		await().until(this.rig.client::isReady);
		this.rig.transport.script((connection) -> connection.open(SECOND));
		this.rig.client.reconnect();
		await().until(() -> this.seenByObserver.size() == 2);
		assertThat(this.seenByObserver).containsExactly(FIRST, SECOND);
		assertThat(this.seenByCustomizer).containsExactly(Map.of(), FIRST);
	}

}
