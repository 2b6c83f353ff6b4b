package io.github.resilientws.sample.view;

import java.time.Instant;
import java.util.List;

import io.github.resilientws.sample.chat.ChatLine;
import io.github.resilientws.sample.chat.WorkOrder;

/**
 * The first event of a page.
 *
 * @param now the present time, for pages whose clock is wrong
 * @param snapshot the clients and the server
 * @param timeline entries so far
 * @param lines chat lines so far
 * @param orders work orders so far
 * @param recovered work orders that an earlier run left
 */
record Hello(Instant now, Snapshot snapshot, List<TimelineEntry> timeline, List<ChatLine> lines, List<WorkOrder> orders,
		int recovered) {

}
