package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import io.netty.pkitesting.X509Bundle;

import io.github.resilientws.transport.Relay;

/**
 * TLS in front of a server on this machine.
 */
final class TlsFront implements AutoCloseable {

	/** Subjects of the certificates that clients showed. */
	final List<String> clients = new CopyOnWriteArrayList<>();

	private final boolean clientAuth;

	private final Relay relay;

	/**
	 * Start.
	 * @param own certificate of the server
	 * @param authority who signs certificates of clients, or {@code null} to want none
	 * @param port port of the server behind
	 */
	TlsFront(X509Bundle own, X509Bundle authority, int port) throws Exception {
		KeyManagerFactory keys = own.toKeyManagerFactory();
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(),
				(authority != null) ? new TrustManager[] { authority.toTrustManager() } : null, null);
		SSLServerSocket serverSocket = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.clientAuth = authority != null;
		serverSocket.setNeedClientAuth(this.clientAuth);
		this.relay = new Relay(serverSocket, port, this::greet);
	}

	String url() {
		return "wss://localhost:" + this.relay.port() + "/";
	}

	@Override
	public void close() throws IOException {
		this.relay.close();
	}

	private void greet(Socket client) throws IOException {
		SSLSocket socket = (SSLSocket) client;
		socket.startHandshake();
		if (this.clientAuth) {
			this.clients.add(socket.getSession().getPeerPrincipal().getName());
		}
	}

}
