package io.github.resilientws.internal.jdbc;

/**
 * Identifies a row of the message table. A position alone does not: after a fail-over,
 * the database may give it to another message.
 *
 * @param position the position in the order of the line
 * @param messageId the id of the message
 */
public record RowKey(long position, String messageId) {

}
