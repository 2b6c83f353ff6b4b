package io.github.resilientws.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A {@link BenchmarkServer} in its own JVM.
 *
 * @param process the JVM
 * @param url address of the server
 */
record ServerProcess(Process process, URI url) implements AutoCloseable {

	static ServerProcess start() throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), BenchmarkServer.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
		return new ServerProcess(process, URI.create("ws://127.0.0.1:" + output.readLine() + "/"));
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
