package io.github.resilientws.internal.framing;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.internal.codec.SocketIoCodec;
import io.github.resilientws.internal.codec.StompCodec;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.protocol.WebSocketFrameCodec;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.FramingRules;
import io.github.resilientws.settings.FramingSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * The framing of one client, which decorates each of its connections. Immutable.
 */
public final class Framing {

	private final ClientSettings settings;

	private final @Nullable WebSocketFrameCodecFactory codecs;

	private Framing(ClientSettings settings, @Nullable WebSocketFrameCodecFactory codecs) {
		this.settings = settings;
		this.codecs = codecs;
	}

	/**
	 * Create the framing of a client.
	 * @param settings the settings
	 * @param factory creates codecs unless a built-in codec is configured
	 * @return the framing, or {@code null} if each frame is a message
	 * @throws InvalidSettingException if the codec is unknown
	 */
	public static @Nullable Framing of(ClientSettings settings, @Nullable WebSocketFrameCodecFactory factory) {
		String codec = settings.framing().codec();
		WebSocketFrameCodecFactory codecs = switch (codec) {
			case "stomp" -> (client) -> new StompCodec();
			case "socket.io" -> (client) -> new SocketIoCodec();
			default -> factory;
		};
		if (codecs == null && !codec.isEmpty()) {
			throw FramingRules.unknownCodec(codec,
					"any name if the builder has a WebSocketFrameCodecFactory component");
		}
		return (codecs == null && settings.framing().equals(FramingSettings.DEFAULTS)) ? null
				: new Framing(settings, codecs);
	}

	/**
	 * Begin an attempt of a connection with this framing.
	 * @param transport begins the attempt, given the listener of the transport
	 * @param listener receives the signals of the connection, with decoded messages
	 * @param failures receives failures of our own code
	 * @return the connection, with the encoder of its messages
	 */
	public EncodedConnection connect(Function<ConnectionListener, WebSocketConnection> transport,
			ConnectionListener listener, InternalFailures failures) {
		WebSocketFrameCodec codec = createCodec();
		FrameDecoder decoder = new FrameDecoder(
				BinaryDecoder.of(this.settings.framing().binary(), this.settings.maxMessageSize()),
				this.settings.framing().delimiter(), codec);
		FramedListener inbound = new FramedListener(this.settings.name(), decoder, listener, failures);
		WebSocketConnection socket = transport.apply(inbound);
		inbound.setSocket(socket);
		return new EncodedConnection(new FramedConnection(socket, inbound),
				new FrameEncoder(codec, this.settings.framing().delimiter()));
	}

	private @Nullable WebSocketFrameCodec createCodec() {
		if (this.codecs == null) {
			return null;
		}
		WebSocketFrameCodec codec = this.codecs.create(this.settings.name());
		Assert.state(codec != null, "A WebSocketFrameCodecFactory returned no codec");
		return codec;
	}

}
