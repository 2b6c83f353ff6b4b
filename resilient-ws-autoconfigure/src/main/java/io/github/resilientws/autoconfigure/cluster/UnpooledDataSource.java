package io.github.resilientws.autoconfigure.cluster;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.StringUtils;

/**
 * Where the connections of the election and of the stores come from.
 */
final class UnpooledDataSource {

	private static final Log logger = LogFactory.getLog(UnpooledDataSource.class);

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

}
