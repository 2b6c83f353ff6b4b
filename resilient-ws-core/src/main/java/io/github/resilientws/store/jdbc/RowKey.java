package io.github.resilientws.store.jdbc;

/**
 * Identifies a row of the message table. A position alone does not: after a fail-over,
 * the database may give it to another message.
 *
 * @param position the position in the order of the line
 * @param messageId the id of the message
 */
record RowKey(long position, String messageId) {

}
