package io.github.resilientws.autoconfigure.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/configuration.md} and the configuration metadata have the
 * defaults of the settings records.
 */
class ConfigurationReferenceTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	private static final String COMMAND = "mvn -pl resilient-ws-autoconfigure -am test"
			+ " -Dtest=ConfigurationReferenceTests -Ddocs.update=true -Dsurefire.failIfNoSpecifiedTests=false";

	@Test
	void pageIsUpToDate() throws IOException {
		String page = new ConfigurationReference(COMMAND).render();
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(PAGE, page);
		}
		assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
			.as("docs/configuration.md is not up to date; write it with: " + COMMAND)
			.isEqualTo(page);
	}

	@Test
	void defaultsOfTheMetadataAreThoseInForce() throws IOException {
		String metadata = new MetadataDefaults().render();
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(MetadataDefaults.FILE, metadata);
		}
		assertThat(Files.readString(MetadataDefaults.FILE))
			.as(MetadataDefaults.FILE + " is not up to date; write it with: " + COMMAND)
			.isEqualTo(metadata);
	}

}
