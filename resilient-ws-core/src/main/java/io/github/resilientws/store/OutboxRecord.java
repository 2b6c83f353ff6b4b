package io.github.resilientws.store;

/**
 * What a store keeps: bytes at a position. The array is not copied; nobody changes it.
 *
 * @param position key and order of the record; a record may be replaced
 * @param content the bytes, whose meaning is the client's
 */
public record OutboxRecord(long position, byte[] content) {

	@Override
	public String toString() {
		return "OutboxRecord[position=" + this.position + ", bytes=" + this.content.length + "]";
	}

}
