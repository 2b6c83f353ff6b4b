package io.github.resilientws.store;

/**
 * A record of a store: bytes at a position. The array is not copied and must not change.
 *
 * @param position key of the record, and its place in the order; a record with the same
 * position replaces it
 * @param content the bytes; only the client knows their meaning
 * @since 0.1
 */
public record OutboxRecord(long position, byte[] content) {

	@Override
	public String toString() {
		return "OutboxRecord[position=" + this.position + ", bytes=" + this.content.length + "]";
	}

}
