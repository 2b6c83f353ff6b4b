package io.github.resilientws.sample.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The PostgreSQL that instances with the profile {@code postgres} share. It keeps its
 * data when it stops. A server that already listens on the port is used as it is.
 */
@Component
@Profile("server")
class DemoDatabase implements InitializingBean, DisposableBean {

	private static final Log logger = LogFactory.getLog(DemoDatabase.class);

	private final DemoDatabaseProperties properties;

	private @Nullable EmbeddedPostgres postgres;

	DemoDatabase(DemoDatabaseProperties properties) {
		this.properties = properties;
	}

	@Override
	public void afterPropertiesSet() throws IOException {
		int port = this.properties.port();
		if (isListening(port)) {
			logger.info("A database already listens on port " + port);
			return;
		}
		Files.createDirectories(this.properties.directory());
		this.postgres = EmbeddedPostgres.builder()
			.setPort(port)
			.setDataDirectory(this.properties.directory().resolve("data"))
			.setCleanDataDirectory(false)
			.setPGStartupWait(Duration.ofSeconds(60))
			.start();
		logger.info("PostgreSQL listens on port " + port + ", its data is in " + this.properties.directory());
	}

	private static boolean isListening(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void destroy() throws IOException {
		if (this.postgres != null) {
			this.postgres.close();
		}
	}

}
