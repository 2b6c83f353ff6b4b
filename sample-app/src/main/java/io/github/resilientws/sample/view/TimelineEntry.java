package io.github.resilientws.sample.view;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;

/**
 * An event of a client on the timeline.
 *
 * @param number rising number of the entry
 * @param at time of the event
 * @param client name of the client
 * @param to the state entered, or {@code null} for a note
 * @param text description of the event
 */
record TimelineEntry(long number, Instant at, String client, @Nullable ConnectionState to, String text) {

}
