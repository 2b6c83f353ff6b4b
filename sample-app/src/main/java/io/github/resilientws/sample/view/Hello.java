package io.github.resilientws.sample.view;

import java.time.Instant;
import java.util.List;

import io.github.resilientws.sample.chat.ChatLine;
import io.github.resilientws.sample.chat.WorkOrder;

/**
 * What a page needs first.
 *
 * @param now the present time, for pages whose clock is off
 * @param snapshot the clients and the server
 * @param timeline what happened so far
 * @param lines the chat so far
 * @param orders the work orders so far
 * @param recovered work orders that an earlier run left
 */
record Hello(Instant now, Snapshot snapshot, List<TimelineEntry> timeline, List<ChatLine> lines, List<WorkOrder> orders,
		int recovered) {

}
