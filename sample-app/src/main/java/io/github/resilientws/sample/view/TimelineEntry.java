package io.github.resilientws.sample.view;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;

/**
 * Something that happened to a client.
 *
 * @param number rising number of the entry
 * @param at when
 * @param client name of the client
 * @param to the state entered, or {@code null} for a note
 * @param text what happened, for a reader
 */
record TimelineEntry(long number, Instant at, String client, @Nullable ConnectionState to, String text) {

}
