package io.github.resilientws.test.context;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.ContextCustomizer;

import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What makes two test classes share a context.
 */
class PeersContextCustomizerFactoryTests {

	@Test
	void contextsAreSharedByTheSameServersAndHosts() {
		assertThat(of(Plain.class)).isEqualTo(of(Nothing.class)).hasSameHashCodeAs(of(Nothing.class));
		assertThat(of(OneTwo.class)).isEqualTo(of(TwoOne.class)).hasSameHashCodeAs(of(TwoOne.class));
		assertThat(of(Sub.class)).isEqualTo(of(OneTwo.class));
		assertThat(of(OneTwo.Nested.class)).isEqualTo(of(OneTwo.class));
		assertThat(of(OneTwo.class)).isNotEqualTo(of(Scripted.class)).isNotEqualTo(of(Plain.class));
		assertThat(of(AllowsA.class)).isNotEqualTo(of(Plain.class)).isNotEqualTo(of(AllowsAll.class));
	}

	@Test
	void readsHostsInLowerCase() {
		assertThat(of(Plain.class).allowedHosts()).isEmpty();
		assertThat(of(AllowsA.class).allowedHosts()).isEqualTo(Set.of("a.example.com"));
		assertThat(of(AllowsUnusual.class).allowedHosts()).isEqualTo(Set.of("my_host", "xn--mnchen-3ya.de", "fd00::1"));
		assertThat(of(AllowsAll.class).allowedHosts()).isNull();
	}

	@Test
	void serverWithoutAClientIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> of(NoClient.class))
			.withMessage("An @EmbeddedWebSocketServer of " + NoClient.class.getName() + " names no client");
	}

	private static PeersContextCustomizer of(Class<?> testClass) {
		ContextCustomizer customizer = new PeersContextCustomizerFactory().createContextCustomizer(testClass,
				List.of());
		return (PeersContextCustomizer) customizer;
	}

	static class Plain {

	}

	static class Nothing {

	}

	@EmbeddedWebSocketServer(client = "one")
	@EmbeddedWebSocketServer(client = "two")
	static class OneTwo {

		class Nested {

		}

	}

	@EmbeddedWebSocketServer(client = "two")
	@EmbeddedWebSocketServer(client = "one")
	static class TwoOne {

	}

	@EmbeddedWebSocketServer(client = "two")
	static class Base {

	}

	@EmbeddedWebSocketServer(client = "one")
	static class Sub extends Base {

	}

	@EmbeddedWebSocketServer(client = "one")
	@EmbeddedWebSocketServer(client = "two", script = Script.class)
	static class Scripted {

	}

	static class Script implements Consumer<TestWebSocketServer> {

		@Override
		public void accept(TestWebSocketServer server) {
		}

	}

	@AllowRealWebSocketPeers("A.example.com")
	static class AllowsA {

	}

	@AllowRealWebSocketPeers({ "My_Host", "m\u00fcnchen.de", "[fd00::1]" })
	static class AllowsUnusual {

	}

	@AllowRealWebSocketPeers
	static class AllowsAll {

	}

	@EmbeddedWebSocketServer(client = {})
	static class NoClient {

	}

}
