package io.github.resilientws.sample.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.github.resilientws.sample.chat.WorkOrder.Status;

/**
 * Reads the work orders of all instances, so that each page shows all of them, also those
 * of an instance that was killed. A message that is neither in the outbox nor a dead
 * letter was acknowledged. One statement sees the order and its message, because one
 * transaction wrote both.
 */
@Component
@Profile("postgres")
class WorkOrderTable {

	private static final Log logger = LogFactory.getLog(WorkOrderTable.class);

	private static final String SELECT = """
			SELECT ID, TEXT, PLACED, CASE
				WHEN DISCARDED THEN 'DISCARDED'
				WHEN EXISTS (SELECT 1 FROM RESILIENT_WS_MESSAGE M WHERE M.MESSAGE_ID = W.ID) THEN 'WAITING'
				WHEN EXISTS (SELECT 1 FROM RESILIENT_WS_ENDED E WHERE E.MESSAGE_ID = W.ID) THEN 'DEAD'
				ELSE 'ACKNOWLEDGED' END
			FROM WORK_ORDER W ORDER BY PLACED DESC FETCH FIRST 500 ROWS ONLY
			""";

	private final JdbcClient jdbc;

	private final WorkOrders orders;

	WorkOrderTable(JdbcClient jdbc, WorkOrders orders) {
		this.jdbc = jdbc;
		this.orders = orders;
	}

	@Scheduled(fixedDelay = 500)
	void read() {
		try {
			List<WorkOrder> newestFirst = this.jdbc.sql(SELECT).query(WorkOrderTable::order).list();
			List<WorkOrder> oldestFirst = new ArrayList<>(newestFirst);
			Collections.reverse(oldestFirst);
			this.orders.update(oldestFirst);
		}
		catch (DataAccessException ex) {
			logger.debug("The table of the work orders cannot be read", ex);
		}
	}

	private static WorkOrder order(ResultSet row, int number) throws SQLException {
		return new WorkOrder(row.getString(1), row.getString(2), row.getObject(3, OffsetDateTime.class).toInstant(),
				Status.valueOf(row.getString(4)));
	}

}
