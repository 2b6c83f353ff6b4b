package io.github.resilientws.store.mvstore;

/**
 * A record as the file keeps it.
 *
 * @param position its key
 * @param version the commit that wrote it: tells the newest of several copies in a
 * damaged file
 * @param content the bytes
 */
record StoredRecord(long position, long version, byte[] content) {
}
