package io.github.resilientws.internal.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * A row of the message table.
 *
 * @param position the position in the order of the line; the database assigns it, so it
 * is 0 before the insert
 * @param messageId the id of the message, unique in its line
 * @param origin the instance that accepted the message, with {@link #TRANSACTIONAL} if it
 * was in a transaction
 * @param format the version of the format
 * @param messageKey the key, or {@code null}
 * @param accepted when it was accepted, in milliseconds of the database's clock
 * @param expires when it expires, in milliseconds of the database's clock; 0 for never
 * @param isText whether it is a text message
 * @param payload the bytes, or {@code null} for a message that this instance inserted in
 * a transaction and has in memory
 */
public record MessageRow(long position, String messageId, String origin, int format, @Nullable String messageKey,
		long accepted, long expires, boolean isText, byte @Nullable [] payload) {

	/** The end of the origin of messages that were inserted in a transaction. */
	public static final String TRANSACTIONAL = "/tx";

	public RowKey key() {
		return new RowKey(this.position, this.messageId);
	}

	public MessageRow withPosition(long position) {
		return new MessageRow(position, this.messageId, this.origin, this.format, this.messageKey, this.accepted,
				this.expires, this.isText, this.payload);
	}

}
