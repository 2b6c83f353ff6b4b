package io.github.resilientws.settings;

import java.util.List;

/**
 * How WebSocket frames carry the messages of a protocol. Received: first
 * {@code framing.binary}, then {@code framing.delimiter}, then {@code framing.codec};
 * sent: the codec, then the delimiter.
 *
 * @param binary content of received binary messages; by default {@code BYTES}
 * @param delimiter text that ends each message inside a text frame; empty for none; by
 * default empty
 * @param codec name of a built-in codec, or name of the bean that creates codecs; empty
 * for none; by default empty
 * @since 0.1
 */
public record FramingSettings(Binary binary, String delimiter, String codec) {

	/** A frame is a message. */
	public static final FramingSettings DEFAULTS = new FramingSettings(Binary.BYTES, "", "");

	/** Names of the codecs that need no bean. */
	public static final List<String> BUILT_IN_CODECS = List.of("socket.io", "stomp");

	/**
	 * Return a copy with the given {@code binary}.
	 * @param binary content of received binary messages
	 * @return the copy
	 */
	public FramingSettings withBinary(Binary binary) {
		return new FramingSettings(binary, this.delimiter, this.codec);
	}

	/**
	 * Return a copy with the given {@code delimiter}.
	 * @param delimiter text that ends each message inside a text frame; empty for none
	 * @return the copy
	 */
	public FramingSettings withDelimiter(String delimiter) {
		return new FramingSettings(this.binary, delimiter, this.codec);
	}

	/**
	 * Return a copy with the given {@code codec}.
	 * @param codec name of a built-in codec, or name of the bean that creates codecs;
	 * empty for none
	 * @return the copy
	 */
	public FramingSettings withCodec(String codec) {
		return new FramingSettings(this.binary, this.delimiter, codec);
	}

	/**
	 * Content of received binary messages. All but {@code BYTES} become text.
	 */
	public enum Binary {

		/** Bytes, for listeners or for the codec. */
		BYTES,

		/** Text in UTF-8. */
		TEXT,

		/** Text that is compressed with gzip, each message by itself. */
		GZIP,

		/** Text that is compressed with zlib, each message by itself. */
		ZLIB,

		/**
		 * One zlib stream per connection. A text ends where a binary message ends with 00
		 * 00 FF FF.
		 */
		ZLIB_STREAM

	}

}
