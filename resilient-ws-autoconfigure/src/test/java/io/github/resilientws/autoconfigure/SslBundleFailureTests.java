package io.github.resilientws.autoconfigure;

import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.resilientws.settings.TlsSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SSL bundles that cannot be used, and what the user reads about it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleFailureTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					pem: { other: { truststore: { certificate: x } } }                 | is not an SSL bundle; configured under spring.ssl.bundle: other
					watch: { file: { quiet-period: 1s } }                              | is not an SSL bundle; none is configured under spring.ssl.bundle
					pem: { ours: { options: { enabled-protocols: 'TLSv1.1,TLSv1.2' } } } | must not contain TLSv1.1
					pem: { ours: { truststore: { certificate: 'file:/nowhere/ca.pem' } } } | cannot be used
					jks: { ours: { keystore: { location: 'file:/nowhere/k.jks', password: s3cret } } } | cannot be used
					""")
	void unusableBundleIsNamed(String bundles, String reason) {
		FailureAnalysis analysis = analyze(
				Contexts.real().withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class)), bundles);
		assertThat(analysis.getDescription())
			.contains("'resilient-ws.clients.chat.ssl.bundle' is not valid", "Value:  ours", "Origin: ", reason)
			.doesNotContain("s3cret");
	}

	@Test
	void missingSslBundlesBeanIsNamed() {
		assertThat(analyze(Contexts.real(), "pem: { }").getDescription())
			.contains("because no SslBundles bean exists; is SslAutoConfiguration excluded?");
	}

	@Test
	void unusableUpdateLeavesTheVersionBefore(CapturedOutput output) throws Exception {
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("ours", SslBundle.systemDefault());
		Supplier<TlsSettings> settings = new ClientTlsBundles(bundles, (client) -> null).get("ours");
		TlsSettings first = settings.get();
		assertThat(first.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
		bundles.updateBundle("ours", withOptions("TLSv1.1", null));
		assertThat(settings.get()).isSameAs(first);
		assertThat(output).contains("SSL bundle 'ours' was updated, but cannot be used");
		bundles.updateBundle("ours", withOptions("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
		assertThat(settings.get().protocols()).containsExactly("TLSv1.3");
		assertThat(settings.get().ciphers()).containsExactly("TLS_AES_128_GCM_SHA256");
		assertThat(settings.get().context()).isInstanceOf(SSLContext.class).isNotSameAs(first.context());
	}

	@Test
	void clientsOfOneBundleShareIt() {
		ClientTlsBundles bundles = new ClientTlsBundles(new DefaultSslBundleRegistry("ours", SslBundle.systemDefault()),
				(client) -> null);
		assertThat(bundles.get("ours").get()).isSameAs(bundles.get("ours").get());
	}

	private static SslBundle withOptions(String protocol, String cipher) {
		SslOptions options = SslOptions.of((cipher != null) ? new String[] { cipher } : null,
				new String[] { protocol });
		return SslBundle.of(null, null, options);
	}

	private static FailureAnalysis analyze(ApplicationContextRunner runner, String bundles) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		Contexts.yaml(runner, """
				spring: { ssl: { bundle: { %s } } }
				resilient-ws: { clients: { chat: { url: 'wss://a', ssl: { bundle: ours } } } }
				""".formatted(bundles)).run((context) -> {
			assertThat(context).hasFailed();
			result[0] = Failures.analyze(context.getStartupFailure());
		});
		return result[0];
	}

}
