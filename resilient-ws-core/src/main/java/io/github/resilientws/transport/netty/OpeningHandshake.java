package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;

/**
 * The opening handshake of one attempt. Sends the request, checks the answer and leaves
 * the pipeline.
 */
final class OpeningHandshake extends ChannelInboundHandlerAdapter {

	static final int MAX_STATUS_LINE = 4 * 1024;

	// Netty joins the lines of a folded value one by one, which takes quadratic time
	static final int MAX_HEADERS = 16 * 1024;

	private final NettyConnection connection;

	private final ConnectRequest request;

	private final WebSocketUrl url;

	private final String key;

	private final Runnable onUpgraded;

	private boolean upgraded;

	OpeningHandshake(NettyConnection connection, ConnectRequest request, WebSocketUrl url, SecureRandom random,
			Runnable onUpgraded) {
		this.connection = connection;
		this.request = request;
		this.url = url;
		this.onUpgraded = onUpgraded;
		byte[] nonce = new byte[16];
		random.nextBytes(nonce);
		this.key = Base64.getEncoder().encodeToString(nonce);
	}

	static HttpClientCodec newCodec() {
		return new HttpClientCodec(MAX_STATUS_LINE, MAX_HEADERS, MAX_STATUS_LINE);
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		if (!this.url.secure()) {
			send(ctx);
		}
		ctx.fireChannelActive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent completion) {
			if (completion.isSuccess()) {
				send(ctx);
			}
			else {
				fail(completion.cause());
			}
		}
		else if (!this.upgraded && ReadGate.isEndOfStream(event)) {
			failWithoutAnswer();
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (this.upgraded && message instanceof ByteBuf) {
			ctx.fireChannelRead(message);
			return;
		}
		try {
			if (message instanceof HttpResponse answer) {
				receive(ctx, answer);
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		failWithoutAnswer();
		ctx.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail((cause instanceof DecoderException && cause.getCause() != null) ? cause.getCause() : cause);
	}

	private void send(ChannelHandlerContext ctx) {
		HttpRequest upgrade = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, this.url.requestTarget(),
				Unpooled.EMPTY_BUFFER);
		// order and case of RFC 6455, section 1.3, because some servers compare them
		HttpHeaders headers = upgrade.headers()
			.set("Host", this.url.hostHeader())
			.set("Upgrade", "websocket")
			.set("Connection", "Upgrade")
			.set("Sec-WebSocket-Key", this.key);
		if (!this.request.subprotocols().isEmpty()) {
			headers.set("Sec-WebSocket-Protocol", String.join(", ", this.request.subprotocols()));
		}
		headers.set("Sec-WebSocket-Version", "13");
		if (this.request.compression()) {
			headers.set("Sec-WebSocket-Extensions", Extensions.OFFER);
		}
		this.request.headers().forEach((name, value) -> {
			if (!headers.contains(name)) {
				headers.set(name, value);
			}
		});
		ctx.writeAndFlush(upgrade).addListener((future) -> {
			if (!future.isSuccess()) {
				fail(future.cause());
			}
		});
	}

	private void receive(ChannelHandlerContext ctx, HttpResponse answer) {
		// the final answer follows an interim one (RFC 9110, section 15.2)
		if (!this.connection.isConnecting() || isInterim(answer)) {
			return;
		}
		if (answer.decoderResult().isFailure()) {
			if (answer.decoderResult().cause() instanceof PrematureChannelClosureException) {
				failWithoutAnswer();
			}
			else {
				fail(new WebSocketHandshakeException(Problem.MALFORMED, "the answer is not HTTP or is too long"));
			}
		}
		else if (!HttpResponseStatus.SWITCHING_PROTOCOLS.equals(answer.status())) {
			this.connection
				.end(new DisconnectCause.HandshakeRefused(answer.status().code(), HandshakeAnswer.headersOf(answer)));
		}
		else {
			try {
				HandshakeAnswer.verify(answer, this.key, this.request.subprotocols());
				upgrade(ctx, answer, Extensions.chosen(
						answer.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS), this.request.compression()));
			}
			catch (WebSocketHandshakeException ex) {
				fail(ex);
			}
		}
	}

	static boolean isInterim(HttpResponse answer) {
		return answer.decoderResult().isSuccess() && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL
				&& !HttpResponseStatus.SWITCHING_PROTOCOLS.equals(answer.status());
	}

	private void upgrade(ChannelHandlerContext ctx, HttpResponse answer, Extensions extensions) {
		this.upgraded = true;
		this.onUpgraded.run();
		Map<String, List<String>> responseHeaders = HandshakeAnswer.headersOf(answer);
		ctx.channel().config().setAutoRead(false);
		ReadGate gate = new ReadGate(this.connection);
		ctx.pipeline().addLast(gate);
		this.connection.addInboundHandler(ctx.pipeline(), this.request.maxMessageSize(), extensions);
		// later, because the codec is in the middle of decoding
		ctx.executor().execute(() -> {
			if (!ctx.isRemoved()) {
				ctx.pipeline().remove(HttpClientCodec.class);
				ctx.pipeline().remove(this);
				this.connection.opened(gate, responseHeaders);
			}
		});
	}

	private void failWithoutAnswer() {
		fail(new IOException("the connection was closed before the server answered"));
	}

	private void fail(Throwable failure) {
		if (this.connection.isConnecting()) {
			this.connection.end(new DisconnectCause.ConnectFailed(failure));
		}
	}

}
