package io.github.resilientws.transport.netty;

import java.security.cert.X509Certificate;

import javax.net.ssl.SSLPeerUnverifiedException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Checks the host name before anything is sent: the JDK leaves this check to some kinds
 * of trust managers.
 */
final class HostCheck extends ChannelInboundHandlerAdapter {

	private final SslHandler tls;

	private final String host;

	HostCheck(SslHandler tls, String host) {
		this.tls = tls;
		this.host = host;
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent completion) {
			ctx.pipeline().remove(this);
			ctx.fireUserEventTriggered(completion.isSuccess() ? checked(completion) : completion);
		}
		else {
			ctx.fireUserEventTriggered(event);
		}
	}

	private SslHandshakeCompletionEvent checked(SslHandshakeCompletionEvent success) {
		try {
			if (this.tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
					&& CertificateNames.of(certificate).include(this.host)) {
				return success;
			}
			throw new SSLPeerUnverifiedException("the certificate is for another host");
		}
		catch (SSLPeerUnverifiedException ex) {
			return new SslHandshakeCompletionEvent(ex);
		}
	}

}
