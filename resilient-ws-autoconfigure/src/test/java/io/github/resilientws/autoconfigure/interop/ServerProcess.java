package io.github.resilientws.autoconfigure.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A server of another project, started by {@code interop/protocols/start.sh}. All its
 * processes end with this one, because the script reads its end of a pipe.
 */
final class ServerProcess implements AutoCloseable {

	static final Path DIRECTORY = Path.of(System.getProperty("interop.directory"), "protocols").normalize();

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final String name;

	private final int port;

	private final Path directory;

	private @Nullable Process script;

	private long group;

	ServerProcess(String name) throws IOException {
		this.name = name;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		this.directory = Files.createTempDirectory("interop-" + name);
	}

	int port() {
		return this.port;
	}

	/**
	 * Start the server, and wait until it listens.
	 * @throws IOException if the script cannot be started
	 */
	void start() throws IOException {
		this.script = new ProcessBuilder(DIRECTORY.resolve("start.sh").toString(), this.name,
				Integer.toString(this.port), this.directory.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.group = Long.parseLong(this.script.inputReader().readLine());
		await().atMost(LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.conditionEvaluationListener((condition) -> {
				if (!condition.isSatisfied() && condition.getRemainingTimeInMS() < 10) {
					System.err.println(log());
				}
			})
			.until(this::listens);
	}

	/**
	 * End the server by SIGKILL.
	 * @throws Exception if it cannot be waited for
	 */
	void kill() throws Exception {
		if (this.script != null) {
			this.script.getOutputStream().close();
			this.script.waitFor();
			this.script = null;
		}
	}

	/**
	 * Stop all processes of the server, which then do not react to anything.
	 * @throws Exception if there is no signal to be sent
	 */
	void freeze() throws Exception {
		signal("STOP");
	}

	void thaw() throws Exception {
		signal("CONT");
	}

	@Override
	public void close() throws Exception {
		kill();
		List<Path> files;
		try (var walk = Files.walk(this.directory)) {
			files = walk.sorted((a, b) -> b.compareTo(a)).toList();
		}
		for (Path file : files) {
			Files.delete(file);
		}
	}

	private void signal(String name) throws Exception {
		int status = new ProcessBuilder("kill", "-" + name, "--", "-" + this.group).inheritIO().start().waitFor();
		if (status != 0) {
			throw new IllegalStateException("kill ended with " + status);
		}
	}

	private boolean listens() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String log() {
		try {
			return Files.readString(this.directory.resolve("server.log"));
		}
		catch (IOException ex) {
			return "no log of the server: " + ex.getClass().getName();
		}
	}

}
