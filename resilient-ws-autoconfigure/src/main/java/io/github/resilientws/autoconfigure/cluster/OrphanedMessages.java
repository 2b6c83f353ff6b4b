package io.github.resilientws.autoconfigure.cluster;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.dao.DataAccessException;

import io.github.resilientws.ResilientWebSocketClients;

/**
 * Warns of stored messages whose client is not configured any more: nothing sends them.
 */
final class OrphanedMessages implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(OrphanedMessages.class);

	private final JdbcTables tables;

	private final ResilientWebSocketClients clients;

	OrphanedMessages(JdbcTables tables, ResilientWebSocketClients clients) {
		this.tables = tables;
		this.clients = clients;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		try {
			List<String> names = new ArrayList<>();
			this.clients.forEach((client) -> names.add(client.getName()));
			this.tables.countOrphans(names)
				.forEach((client, messages) -> logger.warn(messages + " messages of '" + client
						+ "' are stored, but this application has no such client: they remain"));
		}
		catch (DataAccessException ex) {
			logger.debug("Messages of unknown clients cannot be counted", ex);
		}
	}

}
