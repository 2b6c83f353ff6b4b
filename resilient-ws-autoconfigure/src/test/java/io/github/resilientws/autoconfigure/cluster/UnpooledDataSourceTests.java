package io.github.resilientws.autoconfigure.cluster;

import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the connections of the election and of the stores come from.
 */
class UnpooledDataSourceTests {

	@Test
	void connectionIsNotOfThePool() {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl("jdbc:h2:mem:test");
			pool.setUsername("sa");
			assertThat(UnpooledDataSource.derive(pool)).isInstanceOfSatisfying(SimpleDriverDataSource.class,
					(derived) -> assertThat(derived.getUrl()).isEqualTo("jdbc:h2:mem:test"));
		}
	}

	@Test
	void settingsOfThePoolApply() {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl("jdbc:h2:mem:test");
			pool.setSchema("shop");
			pool.addDataSourceProperty("LOCK_TIMEOUT", "10");
			assertThat(UnpooledDataSource.derive(pool)).isInstanceOfSatisfying(SimpleDriverDataSource.class,
					(derived) -> {
						assertThat(derived.getSchema()).isEqualTo("shop");
						assertThat(derived.getConnectionProperties()).containsEntry("LOCK_TIMEOUT", "10");
					});
		}
	}

	@Test
	void onlyAPoolItselfIsReplacedForStatements() {
		try (HikariDataSource pool = new HikariDataSource(); HikariDataSource initialized = new HikariDataSource()) {
			initialized.setConnectionInitSql("SET LOCK_TIMEOUT 10");

			assertThat(UnpooledDataSource.canReplace(pool)).isTrue();
			assertThat(UnpooledDataSource.canReplace(initialized)).isFalse();
			assertThat(UnpooledDataSource.canReplace(new DelegatingDataSource(pool))).isFalse();
		}
	}

	@Test
	void dataSourceThatCannotBeDerivedIsUsedItself() {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return "tenant";
			}

		};
		routing.setTargetDataSources(Map.of());
		assertThat(UnpooledDataSource.derive(routing)).isSameAs(routing);
		try (HikariDataSource withoutUrl = new HikariDataSource()) {
			withoutUrl.setDataSourceClassName("org.h2.jdbcx.JdbcDataSource");
			assertThat(UnpooledDataSource.derive(withoutUrl)).isSameAs((DataSource) withoutUrl);
		}
	}

	@Test
	void scriptsAreAvailableAheadOfTime() {
		RuntimeHints hints = new RuntimeHints();
		new SchemaRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/github/resilientws/store/jdbc/schema-h2.sql"))
			.accepts(hints);
	}

}
