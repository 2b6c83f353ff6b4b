package io.github.resilientws.store;

/**
 * Where a message is stored. A position alone does not identify a message: after a
 * fail-over, a database may give it to another one.
 *
 * @param position position of the message
 * @param id id of the message
 * @since 0.1
 */
public record MessagePosition(long position, String id) {

}
