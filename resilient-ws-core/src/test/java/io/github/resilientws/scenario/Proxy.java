package io.github.resilientws.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * A reverse proxy in a process of its own. It ends connections that are idle for two
 * seconds, and when it is reloaded its old connections within one.
 */
final class Proxy implements AutoCloseable {

	private static final String NGINX = """
			daemon off;
			worker_processes 1;
			worker_shutdown_timeout 1s;
			pid nginx.pid;
			error_log stderr notice;
			events {
			}
			http {
				access_log off;
				client_body_temp_path body;
				proxy_temp_path proxy;
				fastcgi_temp_path fastcgi;
				uwsgi_temp_path uwsgi;
				scgi_temp_path scgi;
				server {
					listen 127.0.0.1:%d;
					location / {
						proxy_pass http://127.0.0.1:%d;
						proxy_http_version 1.1;
						proxy_set_header Upgrade $http_upgrade;
						proxy_set_header Connection "upgrade";
						proxy_read_timeout 2s;
						proxy_send_timeout 2s;
					}
				}
			}
			""";

	private static final String HAPROXY = """
			global
				hard-stop-after 1s
			defaults
				mode http
				timeout connect 1s
				timeout client 2s
				timeout server 2s
				timeout tunnel 2s
			frontend in
				bind 127.0.0.1:%d
				default_backend out
			backend out
				server one 127.0.0.1:%d
			""";

	private static final Duration ONE_SECOND = Duration.ofSeconds(1);

	private final Path directory;

	private final Process process;

	private final int port;

	private final String reloadSignal;

	private Proxy(String configuration, int target, String reloadSignal, String... command) throws Exception {
		this.directory = Files.createTempDirectory("proxy");
		this.port = freePort();
		this.reloadSignal = reloadSignal;
		Files.writeString(this.directory.resolve("proxy.conf"), configuration.formatted(this.port, target));
		this.process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output.log").toFile())
			.start();
		await("listening").atMost(Scenario.LIMIT).until(this::isListening);
	}

	static Proxy nginx(int target) throws Exception {
		return new Proxy(NGINX, target, "HUP", "sh", "-c", "exec nginx -p . -c proxy.conf -e stderr");
	}

	static Proxy haproxy(int target) throws Exception {
		return new Proxy(HAPROXY, target, "USR2", "haproxy", "-W", "-db", "-f", "proxy.conf");
	}

	URI url() {
		return URI.create("ws://127.0.0.1:" + this.port + "/");
	}

	/** Read the configuration again: new workers take over, the present ones end. */
	void reload() {
		long before = reloads();
		// HAProxy listens before it handles signals, and loses those that come earlier
		await().atMost(Scenario.LIMIT).pollDelay(Duration.ZERO).pollInterval(ONE_SECOND).until(() -> {
			boolean reloaded = reloads() > before;
			if (!reloaded) {
				signalReload();
			}
			return reloaded;
		});
	}

	@Override
	public void close() throws Exception {
		this.process.destroy();
		if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
			this.process.descendants().forEach(ProcessHandle::destroyForcibly);
			this.process.destroyForcibly();
		}
		FileSystemUtils.deleteRecursively(this.directory);
	}

	private void signalReload() throws Exception {
		List<String> command = List.of("sh", "-c", "kill -" + this.reloadSignal + " " + this.process.pid());
		new ProcessBuilder(command).inheritIO().start().waitFor();
	}

	private long reloads() {
		try (Stream<String> lines = Files.lines(this.directory.resolve("output.log"))) {
			return lines.filter((line) -> line.contains("Reloading HAProxy") || line.contains(" reconfiguring"))
				.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isListening() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
