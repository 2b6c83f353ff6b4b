package io.github.resilientws.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A loopback port that refuses connections. A socket is bound to it, so that no other
 * test or process gets the port.
 */
public final class ClosedPort implements AutoCloseable {

	private final Socket holder = new Socket();

	/**
	 * Reserve a port.
	 * @throws IOException if no port is available
	 */
	public ClosedPort() throws IOException {
		this.holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	public int number() {
		return this.holder.getLocalPort();
	}

	@Override
	public void close() throws IOException {
		this.holder.close();
	}

}
