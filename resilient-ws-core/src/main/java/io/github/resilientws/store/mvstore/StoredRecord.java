package io.github.resilientws.store.mvstore;

/**
 * A record in the file.
 *
 * @param position its key
 * @param version number of the commit that wrote it; the highest marks the newest of
 * several copies in a damaged file
 * @param content the bytes
 */
record StoredRecord(long position, long version, byte[] content) {
}
