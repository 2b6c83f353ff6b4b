package io.github.resilientws.store.file;

/**
 * Bytes at a position of a store.
 *
 * @param position key of the record, and its place in the order; a record with the same
 * position replaces it
 * @param content the bytes
 */
record StoredRecord(long position, byte[] content) {

}
