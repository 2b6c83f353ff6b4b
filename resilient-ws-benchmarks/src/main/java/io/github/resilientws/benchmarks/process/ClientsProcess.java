package io.github.resilientws.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Many clients of this project, in their own JVM.
 */
public final class ClientsProcess implements AutoCloseable {

	private final JvmProcess process;

	private ClientsProcess(JvmProcess process) {
		this.process = process;
	}

	/**
	 * Start the JVM.
	 * @param classPath its class path
	 * @param nativeTransport whether Netty may use a native transport
	 * @return the JVM, without clients
	 * @throws IOException if it fails
	 */
	public static ClientsProcess start(String classPath, boolean nativeTransport) throws IOException {
		return new ClientsProcess(JvmProcess.start(classPath,
				List.of("-Xmx512m", "-Dio.netty.transport.noNative=" + !nativeTransport), ManyClientsMain.class));
	}

	/**
	 * Add clients and wait until they are ready.
	 * @param url address of the server
	 * @param number number of clients
	 * @throws IOException if it fails
	 */
	public void connect(URI url, int number) throws IOException {
		this.process.ask("connect " + url + " " + number);
	}

	/**
	 * Wait until all clients have lost their connections.
	 * @throws IOException if it fails
	 */
	public void awaitLost() throws IOException {
		this.process.ask("lost");
	}

	/**
	 * Wait until all clients are ready.
	 * @throws IOException if it fails
	 */
	public void awaitReady() throws IOException {
		this.process.ask("ready");
	}

	/**
	 * Return the heap in use after a garbage collection.
	 * @return its bytes
	 * @throws IOException if it fails
	 */
	public long heap() throws IOException {
		return Long.parseLong(this.process.ask("heap")[0]);
	}

	/**
	 * Return the number of threads.
	 * @return the number
	 * @throws IOException if it fails
	 */
	public int threads() throws IOException {
		return Integer.parseInt(this.process.ask("threads")[0]);
	}

	@Override
	public void close() throws InterruptedException {
		this.process.close();
	}

}
