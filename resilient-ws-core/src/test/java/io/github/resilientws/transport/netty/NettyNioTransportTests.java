package io.github.resilientws.transport.netty;

import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportContractTests;

/**
 * {@link NettyWebSocketTransport} on NIO.
 */
class NettyNioTransportTests extends WebSocketTransportContractTests {

	@Override
	protected WebSocketTransport createTransport() {
		return new NettyWebSocketTransport(new NameLookups(), true, IoModel.nio());
	}

}
