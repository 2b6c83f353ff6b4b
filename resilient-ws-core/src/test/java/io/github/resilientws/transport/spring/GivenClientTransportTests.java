package io.github.resilientws.transport.spring;

import java.util.Map;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * {@link SpringWebSocketTransport} over a client of the user's.
 */
class GivenClientTransportTests extends SpringWebSocketTransportTests {

	/** Further tests of the contract that do not hold, and the behaviour instead. */
	static final Map<String, String> MORE_DIFFERENCES = Map.of("headersOfTheAnswerArePassedOn",
			"the headers of the 101 are not known", "zoneOfAnAddressIsNotSent",
			"`Host` has the zone of an IPv6 address", "requestHasTheCaseOfTheRfc", "sends `Connection: upgrade`");

	@RegisterExtension
	static final KnownDifferences more = new KnownDifferences(MORE_DIFFERENCES);

	@Override
	protected WebSocketTransport createTransport() {
		SpringWebSocketTransport owner = (SpringWebSocketTransport) super.createTransport();
		return new ClosedWithOwner(owner, owner.over(new StandardWebSocketClient()));
	}

	/**
	 * The contract closes the transport it has; ours is closed with its owner.
	 */
	private record ClosedWithOwner(SpringWebSocketTransport owner,
			WebSocketTransport given) implements WebSocketTransport {

		@Override
		public void check(ClientSettings settings, boolean tls) {
			this.given.check(settings, tls);
		}

		@Override
		public SerialExecutor newExecutor() {
			return this.given.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			return this.given.connect(request, executor, listener);
		}

		@Override
		public void close() {
			this.owner.close();
		}

	}

}
