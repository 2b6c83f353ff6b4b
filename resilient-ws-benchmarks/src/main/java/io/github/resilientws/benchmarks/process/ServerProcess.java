package io.github.resilientws.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A {@link BenchmarkServer} in its own JVM.
 *
 * @param process the JVM
 * @param url address of the server
 * @param tlsUrl address of the server with TLS
 */
public record ServerProcess(JvmProcess process, URI url, URI tlsUrl) implements AutoCloseable {

	/**
	 * Start a server.
	 * @param certificate certificate for TLS
	 * @param port its port without TLS, or zero for a free one
	 * @return the server
	 * @throws IOException if it fails
	 */
	public static ServerProcess start(Certificate certificate, int port) throws IOException {
		JvmProcess process = JvmProcess.start(System.getProperty("java.class.path"), List.of("-Xmx1g"),
				BenchmarkServer.class, certificate.keyStore().toString(), Integer.toString(port));
		String[] ports = process.readAnswer();
		return new ServerProcess(process, URI.create("ws://127.0.0.1:" + ports[0] + "/"),
				URI.create("wss://localhost:" + ports[1] + "/"));
	}

	@Override
	public void close() throws InterruptedException {
		this.process.close();
	}

}
