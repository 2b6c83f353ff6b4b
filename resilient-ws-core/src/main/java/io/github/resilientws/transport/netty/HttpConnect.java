package io.github.resilientws.transport.netty;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.proxy.ProxyHandler;

import io.github.resilientws.WebSocketProxyException;
import io.github.resilientws.WebSocketProxyException.Problem;
import io.github.resilientws.settings.ProxySettings;

/**
 * Opens a tunnel with CONNECT (RFC 9110, section 9.3.6). Netty's own handler accepts only
 * status 200, and no interim answer before it.
 */
final class HttpConnect extends ProxyHandler {

	private final HttpRequestEncoder encoder = new HttpRequestEncoder();

	private final HttpResponseDecoder decoder = new HeadDecoder();

	private final ProxySettings proxy;

	private boolean open;

	HttpConnect(InetSocketAddress address, ProxySettings proxy) {
		super(address);
		this.proxy = proxy;
	}

	@Override
	public String protocol() {
		return "http";
	}

	@Override
	public String authScheme() {
		return this.proxy.username().isEmpty() ? "none" : "basic";
	}

	@Override
	protected void addCodec(ChannelHandlerContext ctx) {
		ctx.pipeline().addBefore(ctx.name(), null, this.encoder).addBefore(ctx.name(), null, this.decoder);
	}

	@Override
	protected void removeEncoder(ChannelHandlerContext ctx) {
		ctx.pipeline().remove(this.encoder);
	}

	@Override
	protected void removeDecoder(ChannelHandlerContext ctx) {
		ctx.pipeline().remove(this.decoder);
	}

	@Override
	protected Object newInitialMessage(ChannelHandlerContext ctx) {
		InetSocketAddress target = destinationAddress();
		String authority = HttpUtil.formatHostnameForHttp(target) + ":" + target.getPort();
		HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority,
				Unpooled.EMPTY_BUFFER);
		request.headers().set("Host", authority);
		if (!this.proxy.username().isEmpty()) {
			byte[] credentials = (this.proxy.username() + ":" + this.proxy.password()).getBytes(StandardCharsets.UTF_8);
			request.headers().set("Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
		}
		return request;
	}

	@Override
	protected boolean handleResponse(ChannelHandlerContext ctx, Object response) throws WebSocketProxyException {
		if (response instanceof HttpResponse answer) {
			this.open = isOpen(answer);
		}
		// the decoder may be removed only after all its messages of an answer
		return this.open && response instanceof LastHttpContent;
	}

	private static boolean isOpen(HttpResponse answer) throws WebSocketProxyException {
		HttpResponseStatus status = answer.status();
		if (answer.decoderResult().isFailure()) {
			throw new WebSocketProxyException(Problem.MALFORMED, 0, null);
		}
		if (status.codeClass() == HttpStatusClass.SUCCESS) {
			return true;
		}
		if (OpeningHandshake.isInterim(answer)) {
			return false;
		}
		boolean unauthorized = HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED.equals(status);
		throw new WebSocketProxyException(unauthorized ? Problem.UNAUTHORIZED : Problem.REFUSED, status.code(), null);
	}

	/**
	 * Treats no answer as one with a body: interim answers and those that open the tunnel
	 * have none, and the body of a refusal is not read.
	 */
	private static final class HeadDecoder extends HttpResponseDecoder {

		HeadDecoder() {
			super(OpeningHandshake.MAX_STATUS_LINE, OpeningHandshake.MAX_HEADERS, OpeningHandshake.MAX_STATUS_LINE);
		}

		@Override
		protected boolean isContentAlwaysEmpty(HttpMessage message) {
			return true;
		}

	}

}
