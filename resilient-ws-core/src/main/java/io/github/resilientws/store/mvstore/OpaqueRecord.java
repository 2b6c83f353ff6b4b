package io.github.resilientws.store.mvstore;

/**
 * Bytes at a position of a file.
 *
 * @param position key of the record, and its place in the order; a record with the same
 * position replaces it
 * @param content the bytes
 */
record OpaqueRecord(long position, byte[] content) {

}
