package io.github.resilientws.internal.jdbc;

import java.util.List;
import java.util.Set;

/**
 * Rows of a line, as one statement saw them.
 *
 * @param rows the rows, by position
 * @param next an id that is greater than those of all transactions that had ended; 0 if
 * the database does not say
 * @param running the ids below {@code next} of the transactions that were running
 */
public record TableSnapshot(List<MessageRow> rows, long next, Set<Long> running) {

}
