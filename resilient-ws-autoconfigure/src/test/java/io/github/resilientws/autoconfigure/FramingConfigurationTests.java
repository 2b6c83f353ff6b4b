package io.github.resilientws.autoconfigure;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.settings.FramingSettings;
import io.github.resilientws.settings.FramingSettings.Binary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys below {@code framing}, and beans as codecs.
 */
class FramingConfigurationTests {

	@Test
	void keysAreReadAndShown() {
		Contexts.yaml(Contexts.real(), client("framing: { binary: zlib-stream, delimiter: \"\\x1e\", codec: stomp }"))
			.run((context) -> {
				assertThat(framing(context)).isEqualTo(new FramingSettings(Binary.ZLIB_STREAM, "\u001e", "stomp"));
				assertThat(shown(context))
					.isEqualTo(Map.of("binary", "zlib-stream", "delimiter", "\u001e", "codec", "stomp"));
			});
	}

	@Test
	void clientOverridesDefaultsLeafByLeaf() {
		Contexts.yaml(Contexts.real(), """
				resilient-ws:
				  defaults: { framing: { binary: text, delimiter: "\\n" } }
				  clients: { chat: { url: 'ws://localhost', framing: { delimiter: ' ' } } }
				""")
			.run((context) -> assertThat(framing(context)).isEqualTo(new FramingSettings(Binary.TEXT, " ", "")));
	}

	@Test
	void newlineIsADelimiterAndAHeartbeat() {
		Contexts
			.yaml(Contexts.real(), client(
					"{ framing: { delimiter: \"\\n\" }, heartbeat: { mode: text, send: \"\\n\", await: '~^\\s+$' } }"))
			.run((context) -> {
				assertThat(framing(context).delimiter()).isEqualTo("\n");
				assertThat(context.getBean(ResilientWebSocketClient.class).getHeartbeat().send()).isEqualTo("\n");
				assertThat(context.getBean(ResilientWebSocketClient.class).getHeartbeat().await()).isEqualTo("~^\\s+$");
			});
	}

	@Test
	void beanIsTheCodecOfTheClientsThatNameIt() {
		Contexts.yaml(Contexts.fake().withUserConfiguration(Codecs.class), """
				resilient-ws:
				  clients:
				    chat: { url: 'ws://localhost', framing: { codec: cometd } }
				    feed: { url: 'ws://localhost', framing: { codec: stomp } }
				    news: { url: 'ws://localhost' }
				""").run((context) -> {
			assertThat(codec(context, "chat")).isSameAs(context.getBean("cometd"));
			assertThat(codec(context, "feed")).isNull();
			assertThat(codec(context, "news")).isNull();
		});
	}

	private static Object codec(ApplicationContext context, String client) {
		return Contexts.components(context.getBean(client + "WebSocketClient", ResilientWebSocketClient.class))
			.get(WebSocketFrameCodecFactory.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					framing: { binary: deflate } | framing.binary    | deflate | one of bytes, text, gzip, zlib, zlib-stream
					framing: { delimiter: '' }   | framing.delimiter | ''      | is empty; allowed is the text that ends each message
					framing: { codec: stmop }    | framing.codec     | stmop   | is not known; allowed are socket.io, stomp and the names of WebSocketFrameCodecFactory beans, of which there is none
					""")
	void wrongSettingIsNamedWithValueAndWhatIsAllowed(String yaml, String key, String value, String reason) {
		Failures.assertNamesSetting(yaml, key, value, reason);
	}

	@Test
	void unknownCodecIsRefusedWithTheNamesOfBeans() {
		Contexts.yaml(Contexts.real().withUserConfiguration(Codecs.class), client("framing: { codec: comet }"))
			.run((context) -> assertThat(
					Failures.analyze(Objects.requireNonNull(context.getStartupFailure())).getDescription())
				.contains("'resilient-ws.clients.chat.framing.codec'")
				.contains("Value:  comet")
				.contains("allowed are socket.io, stomp and the names of WebSocketFrameCodecFactory beans,"
						+ " which are cometd, other"));
	}

	@Test
	void beanOfAnotherTypeIsNoCodec() {
		Contexts.yaml(Contexts.real().withUserConfiguration(Codecs.class), client("framing: { codec: text }"))
			.run((context) -> assertThat(context).hasFailed());
	}

	private static String client(String yaml) {
		String inner = yaml.startsWith("{") ? yaml.substring(1, yaml.length() - 1) : yaml;
		return "resilient-ws: { clients: { chat: { url: 'ws://localhost', auto-startup: false, " + inner + " } } }";
	}

	private static FramingSettings framing(ApplicationContext context) {
		ClientConfiguration configuration = context.getBean(ClientConfigurations.class).get("chat");
		return configuration.settings().framing();
	}

	private static Object shown(ApplicationContext context) {
		return context.getBean(ClientConfigurations.class)
			.describe(context.getBean(ResilientWebSocketClient.class))
			.get("framing");
	}

	@Configuration(proxyBeanMethods = false)
	static class Codecs {

		@Bean
		WebSocketFrameCodecFactory cometd() {
			return (client) -> {
				throw new IllegalStateException("not called");
			};
		}

		@Bean
		WebSocketFrameCodecFactory other() {
			return cometd();
		}

		@Bean
		String text() {
			return "text";
		}

	}

}
