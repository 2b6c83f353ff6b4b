package io.github.resilientws.autoconfigure.cluster;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

import io.github.resilientws.autoconfigure.config.ClusterGroup;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.autoconfigure.config.JdbcProperties;

/**
 * The tables that the instances of a group share. They exist if the database can be
 * reached.
 */
final class JdbcTables {

	private final DataSource dataSource;

	private final DataSource unpooled;

	private final String prefix;

	private final ClusterGroup group;

	private JdbcTables(DataSource dataSource, String prefix, ClusterGroup group) {
		this.dataSource = dataSource;
		this.unpooled = UnpooledDataSource.derive(dataSource);
		this.prefix = prefix;
		this.group = group;
	}

	/**
	 * Create the tables if that is configured, and check that they exist.
	 * @param dataSources the {@code DataSource} beans of the application
	 * @param qualified those for this library
	 * @param properties names and scripts of the tables
	 * @param group the group of instances
	 * @return the tables
	 * @throws InvalidConfigurationException if there is no unique {@code DataSource}, or
	 * if tables are missing
	 */
	static JdbcTables prepare(ObjectProvider<DataSource> dataSources, ObjectProvider<DataSource> qualified,
			JdbcProperties properties, ClusterGroup group) {
		DataSource own = qualified.getIfUnique();
		DataSource chosen = (own != null) ? own : dataSources.getIfUnique();
		if (chosen == null) {
			throw new InvalidConfigurationException(
					"Clients that several instances share need one DataSource, but there are several without a"
							+ " primary one",
					"Mark one DataSource bean with @ResilientWebSocketDataSource or @Primary.");
		}
		new JdbcSchema(chosen, properties).prepare();
		return new JdbcTables(chosen, properties.tablePrefix(), group);
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Return the source of connections that stay open.
	 * @return a source without a pool; that of the application if none can be derived
	 */
	DataSource unpooled() {
		return this.unpooled;
	}

	/**
	 * Return the source of connections for the statements of stores.
	 * @return a source without a pool, or that of the application
	 */
	DataSource forStatements() {
		return UnpooledDataSource.canReplace(this.dataSource) ? this.unpooled : this.dataSource;
	}

	String prefix() {
		return this.prefix;
	}

	ClusterGroup group() {
		return this.group;
	}

	/**
	 * Count the messages of clients that this application does not have.
	 * @param clients names of its clients
	 * @return number of messages by name of the client
	 */
	Map<String, Long> countOrphans(Collection<String> clients) {
		String line = this.group.getName() + "/";
		Map<String, Long> orphans = new TreeMap<>();
		RowCallbackHandler collector = (row) -> orphans.put(row.getString(1).substring(line.length()), row.getLong(2));
		new JdbcTemplate(this.dataSource).query(
				"SELECT LINE, COUNT(*) FROM " + this.prefix + "MESSAGE WHERE LINE LIKE ? ESCAPE '!' GROUP BY LINE",
				collector, line.replaceAll("[!%_]", "!$0") + "%");
		orphans.keySet().removeAll(clients);
		return orphans;
	}

}
