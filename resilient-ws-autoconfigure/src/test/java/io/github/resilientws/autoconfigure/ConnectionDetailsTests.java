package io.github.resilientws.autoconfigure;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.FakeBuilder;
import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.endpoint.ResilientWebSocketEndpoint;
import io.github.resilientws.autoconfigure.endpoint.ResilientWebSocketEndpointAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who says where clients connect to.
 */
class ConnectionDetailsTests {

	private static final String CLIENTS = """
			resilient-ws:
			  defaults: { url: 'wss://default.example.com/' }
			  clients:
			    one: { url: 'wss://one.example.com/?token=s3cret' }
			    many: { urls: [ 'wss://a.example.com/', 'wss://b.example.com/' ] }
			    broken: { url: 'wss://${NO_SUCH_VARIABLE}/' }
			    plain: { auto-startup: false }
			management.endpoints.web.exposure.include: resilientws
			""";

	@Test
	void propertiesAreTheDefault() {
		runner().withPropertyValues("resilient-ws.clients.broken.url=wss://works.example.com/").run((context) -> {
			ResilientWebSocketConnectionDetails details = context.getBean(ResilientWebSocketConnectionDetails.class);
			assertThat(details).isInstanceOf(PropertiesResilientWebSocketConnectionDetails.class);
			assertThat(details.getUrl("one")).hasToString("wss://one.example.com/?token=s3cret");
			assertThat(details.getUrl("many")).hasToString("wss://a.example.com/");
			assertThat(details.getUrl("plain")).hasToString("wss://default.example.com/");
			assertThat(builder(context.getBean(ResilientWebSocketClients.class), "many").settings.urls()).hasSize(2);
		});
	}

	@Test
	void beanWinsOverThePropertiesWhateverTheyHold() {
		runner().withUserConfiguration(Elsewhere.class).run((context) -> {
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			for (String name : new String[] { "one", "many", "broken" }) {
				assertThat(builder(clients, name).settings.urls())
					.containsExactly(URI.create("ws://localhost:1/" + name));
			}
			assertThat(context.getBean(ClientConfigurations.class).get("one").settings().urls())
				.containsExactly(URI.create("ws://localhost:1/one"));
			assertThat(context.getBean(ResilientWebSocketEndpoint.class).client("one")).extracting("settings")
				.asString()
				.contains("ws://localhost:1");
		});
	}

	@Test
	void nullLeavesItToTheProperties() {
		runner().withUserConfiguration(Elsewhere.class)
			.run((context) -> assertThat(
					builder(context.getBean(ResilientWebSocketClients.class), "plain").settings.urls())
				.containsExactly(URI.create("wss://default.example.com/")));
	}

	@Test
	void beanMayBringTrustMaterial() {
		SslBundle bundle = SslBundle.of(SslStoreBundle.NONE, null, SslOptions.of(null, new String[] { "TLSv1.3" }));
		ResilientWebSocketConnectionDetails details = new ResilientWebSocketConnectionDetails() {

			@Override
			public URI getUrl(String clientName) {
				return URI.create("wss://localhost:1/");
			}

			@Override
			public SslBundle getSslBundle(String clientName) {
				return clientName.equals("one") ? bundle : null;
			}

		};
		runner().withBean(ResilientWebSocketConnectionDetails.class, () -> details).run((context) -> {
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			assertThat(builder(clients, "one").tls.get().protocols()).containsExactly("TLSv1.3");
			assertThat(builder(clients, "many").tls).isNull();
		});
	}

	private static ApplicationContextRunner runner() {
		return Contexts.yaml(Contexts.fake(ResilientWebSocketEndpointAutoConfiguration.class), CLIENTS);
	}

	private static FakeBuilder builder(ResilientWebSocketClients clients, String name) {
		return ((FakeClient) clients.get(name)).builder;
	}

	@Configuration(proxyBeanMethods = false)
	static class Elsewhere {

		@Bean
		ResilientWebSocketConnectionDetails elsewhere() {
			return (client) -> client.equals("plain") ? null : URI.create("ws://localhost:1/" + client);
		}

	}

}
