package io.github.resilientws.internal.jdbc;

import java.util.List;

/**
 * Rows of a line, as one statement saw them.
 *
 * @param rows the rows, by position
 * @param horizon the oldest transaction id that was still running, so that all older ones
 * had ended; 0 if the database does not say
 */
public record TableSnapshot(List<MessageRow> rows, long horizon) {

}
