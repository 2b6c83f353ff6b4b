package io.github.resilientws.endurance;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand clients, over NIO. Needs a JVM of its own.
 */
@Tag("endurance")
class ThousandClientsTests extends ManyClientsContractTests {

	@BeforeAll
	static void useNio() {
		System.setProperty("io.netty.transport.noNative", "true");
		assertThat(Epoll.isAvailable()).isFalse();
	}

	@Override
	int clients() {
		return 1000;
	}

	@Override
	long maxHeapOfAClient() {
		return 7_000;
	}

}
