package io.github.resilientws.sample.view;

import java.time.Instant;
import java.util.List;

import io.github.resilientws.sample.chat.ChatLine;

/**
 * What a page needs first.
 *
 * @param now the present time, for pages whose clock is off
 * @param snapshot the clients and the server
 * @param timeline what happened so far
 * @param lines the chat so far
 */
record Hello(Instant now, Snapshot snapshot, List<TimelineEntry> timeline, List<ChatLine> lines) {

}
