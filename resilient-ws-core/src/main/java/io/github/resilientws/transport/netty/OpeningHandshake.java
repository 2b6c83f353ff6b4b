package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.transport.ConnectRequest;

/**
 * The opening handshake of one attempt. Sends the request, checks the answer and leaves
 * the pipeline.
 */
final class OpeningHandshake extends ChannelInboundHandlerAdapter {

	private static final int MAX_STATUS_LINE = 4 * 1024;

	// Netty joins the lines of a folded value one by one, which costs the square of it
	private static final int MAX_HEADERS = 16 * 1024;

	private final NettyConnection connection;

	private final ConnectRequest request;

	private final Endpoint endpoint;

	private final String key;

	private boolean upgraded;

	OpeningHandshake(NettyConnection connection, ConnectRequest request, Endpoint endpoint, SecureRandom random) {
		this.connection = connection;
		this.request = request;
		this.endpoint = endpoint;
		byte[] nonce = new byte[16];
		random.nextBytes(nonce);
		this.key = Base64.getEncoder().encodeToString(nonce);
	}

	static HttpClientCodec newCodec() {
		return new HttpClientCodec(MAX_STATUS_LINE, MAX_HEADERS, MAX_STATUS_LINE);
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		if (!this.endpoint.secure()) {
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
		HttpRequest upgrade = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET,
				this.endpoint.requestTarget(), Unpooled.EMPTY_BUFFER);
		HttpHeaders headers = upgrade.headers();
		this.request.headers().forEach(headers::set);
		headers.set(HttpHeaderNames.HOST, this.endpoint.hostHeader())
			.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
			.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, this.key)
			.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
		if (!this.request.subprotocols().isEmpty()) {
			headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, String.join(", ", this.request.subprotocols()));
		}
		if (this.request.compression()) {
			headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, Extensions.OFFER);
		}
		ctx.writeAndFlush(upgrade).addListener((future) -> {
			if (!future.isSuccess()) {
				fail(future.cause());
			}
		});
	}

	private void receive(ChannelHandlerContext ctx, HttpResponse answer) {
		if (!this.connection.isConnecting()) {
			return;
		}
		if (answer.decoderResult().isFailure()) {
			if (answer.decoderResult().cause() instanceof PrematureChannelClosureException) {
				failWithoutAnswer();
			}
			else {
				fail(new WebSocketHandshakeException(Problem.MALFORMED, "the answer is not HTTP, or too long"));
			}
		}
		else if (!HttpResponseStatus.SWITCHING_PROTOCOLS.equals(answer.status())) {
			this.connection
				.end(new DisconnectCause.HandshakeRefused(answer.status().code(), HandshakeAnswer.headersOf(answer)));
		}
		else {
			try {
				HandshakeAnswer.verify(answer, this.key, this.request.subprotocols());
				upgrade(ctx, Extensions.chosen(answer.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS),
						this.request.compression()));
			}
			catch (WebSocketHandshakeException ex) {
				fail(ex);
			}
		}
	}

	private void upgrade(ChannelHandlerContext ctx, Extensions extensions) {
		this.upgraded = true;
		ctx.channel().config().setAutoRead(false);
		ReadGate gate = new ReadGate(this.connection);
		ctx.pipeline().addLast(gate);
		this.connection.addFrameHandlers(ctx.pipeline(), this.request.maxMessageSize(), extensions);
		// later, because the codec is in the middle of decoding
		ctx.executor().execute(() -> {
			if (!ctx.isRemoved()) {
				ctx.pipeline().remove(HttpClientCodec.class);
				ctx.pipeline().remove(this);
				this.connection.opened(gate);
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
