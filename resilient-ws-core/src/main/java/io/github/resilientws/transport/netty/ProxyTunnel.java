package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.util.ReferenceCountUtil;

import io.github.resilientws.WebSocketProxyException;
import io.github.resilientws.WebSocketProxyException.Problem;
import io.github.resilientws.settings.ProxySettings;

/**
 * Delays TLS and the opening handshake until the proxy has opened a tunnel to the server,
 * and reports a refusal of the proxy. Only this class and {@link HttpConnect} use Netty's
 * optional proxy handlers.
 */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {

	private static final Pattern SOCKS_STATUS = Pattern.compile(", status: \\w+\\((\\d{1,3})\\)$");

	private final Consumer<WebSocketProxyException> failed;

	private boolean over;

	private ProxyTunnel(Consumer<WebSocketProxyException> failed) {
		this.failed = failed;
	}

	/**
	 * Add the handlers that open a tunnel.
	 * @param pipeline the pipeline
	 * @param proxy the settings
	 * @param address address of the proxy
	 * @param timeoutMillis limit of the proxy's answers
	 * @param failed receives the failure of the tunnel
	 */
	static void addTo(ChannelPipeline pipeline, ProxySettings proxy, InetSocketAddress address, long timeoutMillis,
			Consumer<WebSocketProxyException> failed) {
		ProxyHandler handler = handler(proxy, address);
		handler.setConnectTimeoutMillis(timeoutMillis);
		pipeline.addLast(handler, new ProxyTunnel(failed));
	}

	private static ProxyHandler handler(ProxySettings proxy, InetSocketAddress address) {
		if (proxy.type() == ProxySettings.Type.HTTP) {
			return new HttpConnect(address, proxy);
		}
		return proxy.username().isEmpty() ? new Socks5ProxyHandler(address)
				: new Socks5ProxyHandler(address, proxy.username(), proxy.password());
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		// signals that the tunnel is open
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		// the rest of an answer that is not HTTP
		ReferenceCountUtil.release(message);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ProxyConnectionEvent) {
			this.over = true;
			ctx.pipeline().remove(this);
			ctx.fireChannelActive();
		}
		else if (ReadGate.isEndOfStream(event)) {
			fail(new WebSocketProxyException(Problem.CLOSED, 0, null));
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		fail(new WebSocketProxyException(Problem.CLOSED, 0, null));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail(translate(cause));
	}

	private void fail(WebSocketProxyException failure) {
		if (!this.over) {
			this.over = true;
			this.failed.accept(failure);
		}
	}

	// the text of the proxy is not passed on
	private static WebSocketProxyException translate(Throwable failure) {
		if (failure instanceof ProxyConnectException
				&& failure.getCause() instanceof WebSocketProxyException proxyFailure) {
			return proxyFailure;
		}
		if (failure instanceof ProxyConnectException ex && ex.getMessage() != null && ex.getCause() == null) {
			return translate(ex.getMessage());
		}
		return (failure instanceof IOException) ? new WebSocketProxyException(Problem.CLOSED, 0, failure)
				: new WebSocketProxyException(Problem.MALFORMED, 0, null);
	}

	private static WebSocketProxyException translate(String message) {
		Matcher matcher = SOCKS_STATUS.matcher(message);
		if (matcher.find()) {
			return new WebSocketProxyException(Problem.REFUSED, Integer.parseInt(matcher.group(1)), null);
		}
		if (message.contains(", authStatus: ") || message.contains(", unexpected authMethod: ")) {
			return new WebSocketProxyException(Problem.UNAUTHORIZED, 0, null);
		}
		if (message.endsWith(", timeout")) {
			return new WebSocketProxyException(Problem.TIMED_OUT, 0, null);
		}
		return new WebSocketProxyException(message.endsWith(", disconnected") ? Problem.CLOSED : Problem.MALFORMED, 0,
				null);
	}

}
