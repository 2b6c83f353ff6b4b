package io.github.resilientws.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.internal.Deflate;

/**
 * Joins the frames of one client to messages. It records the messages and the violations
 * of the protocol. Confined to the connection's thread.
 */
final class FrameHandler {

	private static final char REPLACEMENT = '\uFFFD';

	private final int connection;

	private final Recording recording;

	private @Nullable Kind started;

	private boolean inflating;

	private boolean deflated;

	private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();

	FrameHandler(int connection, Recording recording) {
		this.connection = connection;
		this.recording = recording;
	}

	void inflate() {
		this.inflating = true;
	}

	/**
	 * Handle a frame.
	 * @param frame the frame
	 * @return the message, ping, pong or close frame that is complete with it, or
	 * {@code null} if more frames must follow
	 */
	@Nullable ReceivedMessage handle(Frame frame) {
		check(frame);
		ReceivedMessage message = switch (frame.opcode()) {
			case Frames.CONTINUATION, Frames.TEXT, Frames.BINARY -> data(frame);
			case Frames.PING -> message(Kind.PING, text(frame.payload()), frame.payload(), 0);
			case Frames.PONG -> message(Kind.PONG, text(frame.payload()), frame.payload(), 0);
			case Frames.CLOSE -> close(frame.payload());
			default -> null;
		};
		if (message != null) {
			this.recording.add(message);
		}
		return message;
	}

	private @Nullable ReceivedMessage data(Frame frame) {
		byte[] payload = frame.payload();
		if (frame.opcode() != Frames.CONTINUATION) {
			violationIf(this.started != null, "new message within a fragmented one");
			this.fragments.reset();
			this.started = (frame.opcode() == Frames.TEXT) ? Kind.TEXT : Kind.BINARY;
			this.deflated = this.inflating && frame.rsv() == Frames.DEFLATED;
		}
		Kind kind = this.started;
		if (kind == null) {
			violationIf(true, "continuation of nothing");
			return null;
		}
		if (!frame.fin() || frame.opcode() == Frames.CONTINUATION) {
			this.fragments.writeBytes(payload);
			if (!frame.fin()) {
				return null;
			}
			payload = this.fragments.toByteArray();
		}
		this.started = null;
		payload = (this.deflated) ? inflated(payload) : payload;
		return message(kind, (kind == Kind.TEXT) ? utf8(payload) : "", payload, 0);
	}

	private byte[] inflated(byte[] payload) {
		try {
			return Deflate.inflate(payload);
		}
		catch (DataFormatException ex) {
			violationIf(true, "message that is not deflated");
			return payload;
		}
	}

	private ReceivedMessage close(byte[] payload) {
		violationIf(payload.length == 1, "close frame of one byte");
		if (payload.length < 2) {
			return message(Kind.CLOSE, "", payload, 1005);
		}
		int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
		violationIf(code < 1000 || code == 1004 || code == 1005 || code == 1006 || code > 1014 && code < 3000
				|| code > 4999, "close code " + code);
		byte[] reason = new byte[payload.length - 2];
		System.arraycopy(payload, 2, reason, 0, reason.length);
		return message(Kind.CLOSE, utf8(reason), payload, code);
	}

	private void check(Frame frame) {
		violationIf(!frame.masked(), "unmasked frame");
		boolean deflated = this.inflating && frame.rsv() == Frames.DEFLATED
				&& (frame.opcode() == Frames.TEXT || frame.opcode() == Frames.BINARY);
		violationIf(frame.rsv() != 0 && !deflated, "reserved bits " + frame.rsv());
		violationIf(!frame.minimalLength(), "length not as short as possible");
		violationIf(frame.isControl() && !frame.fin(), "fragmented control frame");
		violationIf(frame.isControl() && frame.payload().length > 125, "control frame too long");
		violationIf((frame.opcode() & 7) > 2, "opcode " + frame.opcode());
	}

	private String utf8(byte[] bytes) {
		String text = text(bytes);
		if (text.indexOf(REPLACEMENT) >= 0) {
			// The client may have sent the replacement character itself: only a strict
			// decoder distinguishes.
			try {
				StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			}
			catch (CharacterCodingException ex) {
				violationIf(true, "invalid UTF-8");
			}
		}
		return text;
	}

	private ReceivedMessage message(Kind kind, String text, byte[] bytes, int code) {
		return new ReceivedMessage(this.recording.now(), this.connection, kind, text, bytes, code);
	}

	private void violationIf(boolean broken, String rule) {
		if (broken) {
			this.recording.violation(this.connection, rule);
		}
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
