package io.github.resilientws.autoconfigure.cluster;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Where the connections of the election and of the stores come from.
 */
final class UnpooledDataSource {

	private static final Log logger = LogFactory.getLog(UnpooledDataSource.class);

	private static final boolean HIKARI_PRESENT = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			UnpooledDataSource.class.getClassLoader());

	private UnpooledDataSource() {
	}

	/**
	 * Return a source of physical connections to the same database, so that a pool that
	 * the application has emptied costs no lease, and holds up no message.
	 * @param dataSource the source of the application
	 * @return a source without a pool; the given one if it cannot be derived
	 */
	static DataSource derive(DataSource dataSource) {
		try {
			SimpleDriverDataSource derived = DataSourceBuilder.derivedFrom(dataSource)
				.type(SimpleDriverDataSource.class)
				.build();
			if (StringUtils.hasText(derived.getUrl())) {
				if (HIKARI_PRESENT) {
					HikariPool.copySettings(dataSource, derived);
				}
				return derived;
			}
		}
		catch (RuntimeException ex) {
			logger.debug("No data source can be derived", ex);
		}
		logger.info(
				"Clients that several instances share use connections of the pool, because others cannot be derived from it");
		return dataSource;
	}

	/**
	 * Return whether derived connections are to replace those of a source for the
	 * statements of stores: the source hides for seconds that its database is back, and
	 * derived connections do what its connections do. An object around a pool, such as
	 * one that traces statements or chooses a database, must see all statements.
	 * @param dataSource the source of the application
	 * @return whether it is a pool that derived connections replace
	 */
	static boolean canReplace(DataSource dataSource) {
		return HIKARI_PRESENT && HikariPool.isReplaceable(dataSource);
	}

	/**
	 * HikariCP, if it is on the class path.
	 */
	private static final class HikariPool {

		private static void copySettings(DataSource dataSource, SimpleDriverDataSource derived) {
			HikariDataSource pool = DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class,
					HikariDataSource.class);
			if (pool != null) {
				derived.setConnectionProperties(pool.getDataSourceProperties());
				derived.setCatalog(pool.getCatalog());
				derived.setSchema(pool.getSchema());
			}
		}

		private static boolean isReplaceable(DataSource dataSource) {
			return dataSource instanceof HikariDataSource pool && pool.getConnectionInitSql() == null
					&& pool.getCredentialsProvider() == null && pool.getCredentialsProviderClassName() == null;
		}

	}

}
