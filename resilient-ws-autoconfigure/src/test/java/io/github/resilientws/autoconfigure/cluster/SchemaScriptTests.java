package io.github.resilientws.autoconfigure.cluster;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.core.io.DefaultResourceLoader;

import io.github.resilientws.autoconfigure.config.JdbcProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a script has the name that Spring Boot gives its platform.
 */
class SchemaScriptTests {

	@ParameterizedTest
	@EnumSource(names = { "H2", "POSTGRESQL", "MARIADB", "MYSQL", "ORACLE", "SQLSERVER", "DB2" })
	void platformHasAScript(DatabaseDriver driver) {
		String location = JdbcProperties.SCHEMA.replace("@@platform@@", driver.getId());
		assertThat(new DefaultResourceLoader().getResource(location).exists()).as(location).isTrue();
	}

}
