package io.github.resilientws.settings;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WebSocketUrl}.
 */
class WebSocketUrlTests {

	@ParameterizedTest
	@CsvSource({ "ws://host,host,80,false,host,/", "wss://host/a%20b?c=d%26,host,443,true,host,/a%20b?c=d%26",
			"ws://host:80/,host,80,false,host,/", "WSS://host:8443?x,host,8443,true,host:8443,/?x",
			"ws://[::1]:9000/p,::1,9000,false,[::1]:9000,/p", "wss://u:p@10.0.0.1/,10.0.0.1,443,true,10.0.0.1,/",
			"ws://h:/,h,80,false,h,/", "ws://Host.Example./,Host.Example.,80,false,Host.Example.,/",
			"ws://h:99999999999/,h,2147483647,false,h:2147483647,/" })
	void readsUrl(URI url, String host, int port, boolean secure, String hostHeader, String target) {
		WebSocketUrl parts = WebSocketUrl.of(url);
		assertThat(parts).isEqualTo(new WebSocketUrl(secure, host, "", port, target));
		assertThat(parts.hostHeader()).isEqualTo(hostHeader);
		assertThat(parts.connectHost()).isEqualTo(host);
		assertThat(parts).hasToString("WebSocketUrl[" + (secure ? "wss://" : "ws://") + hostHeader + "]");
	}

	@ParameterizedTest
	@CsvSource({ "ws://my_host:8080/,my_host,my_host:8080", "ws://_a.b_c.d/,_a.b_c.d,_a.b_c.d",
			"ws://u@my_h/,my_h,my_h", "ws://3fa9c1/,3fa9c1,3fa9c1", "ws://a.1b/,a.1b,a.1b",
			"ws://m\u00fcnchen.example:81/p,xn--mnchen-3ya.example,xn--mnchen-3ya.example:81",
			"ws://my_\u00fc.de/,xn--my_-joa.de,xn--my_-joa.de",
			"ws://\u4f8b\u3048\u3002jp/,xn--r8jz45g.jp,xn--r8jz45g.jp",
			"ws://\uff4c\uff4f\uff43\uff41\uff4c/,local,local" })
	void readsHostsThatTheJdkDoesNot(URI url, String host, String hostHeader) {
		WebSocketUrl parts = WebSocketUrl.of(url);
		assertThat(parts.host()).isEqualTo(parts.connectHost()).isEqualTo(host);
		assertThat(parts.hostHeader()).isEqualTo(hostHeader);
	}

	@ParameterizedTest
	@CsvSource({ "ws://[fe80::1%eth0]:81/,eth0,81", "ws://[fe80::1%25eth0]:81/,eth0,81", "ws://[fe80::1%3]/,3,80",
			"ws://[fe80::1%25]/,25,80", "ws://[fe80::1%251]/,1,80" })
	void zoneIsUsedToConnectAndNotSent(URI url, String zone, int port) {
		WebSocketUrl parts = WebSocketUrl.of(url);
		assertThat(parts.zone()).isEqualTo(zone);
		assertThat(parts.connectHost()).isEqualTo("fe80::1%" + zone);
		assertThat(parts.hostHeader()).isEqualTo((port != 80) ? "[fe80::1]:" + port : "[fe80::1]");
		assertThat(parts.hostAndPort()).isEqualTo("[fe80::1%" + zone + "]:" + port);
		assertThat(parts.toUri().getHost()).isEqualTo("[fe80::1%" + zone + "]");
	}

	@ParameterizedTest
	@CsvSource({ "ws://h/a?b,ws://h/a?b", "wss://h:443,wss://h/",
			"ws://u@m\u00fcnchen.de:1/#f,ws://xn--mnchen-3ya.de:1/", "ws://[::1]:1/,ws://[::1]:1/" })
	void urlForLibrariesIsAscii(URI url, URI expected) {
		assertThat(WebSocketUrl.of(url).toUri()).isEqualTo(expected);
		assertThat(WebSocketUrl.of(url).toUri().getHost()).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "ws://10.0.0.1/,true", "ws://[::1]/,true", "ws://[fe80::1%3]/,true", "ws://h/,false",
			"ws://1.2.3.4a/,false" })
	void addressIsNoName(URI url, boolean address) {
		assertThat(WebSocketUrl.of(url).isIpAddress()).isEqualTo(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://host", "ws:///path", "host", "ws:opaque", "ws://-a/", "ws://a-/", "ws://a..b/",
			"ws://1.2.3/", "ws://1.2.3.4.5/", "ws://256.1.1.1/", "ws://a.1/", "ws://h:x/", "ws://h:-1/",
			"ws://m%C3%BC.de/", "ws://a:b:1/", "ws://\uff0f.de/", "ws://a\uff1a1/", "ws://@/", "ws://:80/",
			"ws://$(id)/" })
	void refusesOtherUrls(URI url) {
		assertThatIllegalArgumentException().isThrownBy(() -> WebSocketUrl.of(url));
		assertThat(WebSocketUrl.describe(url)).isEqualTo("not a WebSocket URL");
	}

	@Test
	void namesAreNotTooLong() {
		String label = "a".repeat(63);
		assertThat(WebSocketUrl.of(URI.create("ws://" + label + "/")).host()).isEqualTo(label);
		assertThatIllegalArgumentException().isThrownBy(() -> WebSocketUrl.of(URI.create("ws://" + label + "a/")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WebSocketUrl.of(URI.create("ws://" + (label + ".").repeat(4) + "/")));
	}

	@Test
	void descriptionHoldsNoSecret() {
		URI url = URI.create("wss://s3cret@my_host/s3cret?token=s3cret");
		assertThat(WebSocketUrl.describe(url)).isEqualTo("my_host:443");
		assertThat(WebSocketUrl.of(url).location()).isEqualTo("wss://my_host");
		assertThat(WebSocketUrl.of(url)).asString().doesNotContain("s3cret");
	}

}
