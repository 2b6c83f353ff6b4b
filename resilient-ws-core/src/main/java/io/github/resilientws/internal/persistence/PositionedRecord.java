package io.github.resilientws.internal.persistence;

import io.github.resilientws.store.OutboxRecord;

/**
 * A record of a store.
 *
 * @param position its position
 * @param record the record
 */
record PositionedRecord(long position, OutboxRecord record) {

}
