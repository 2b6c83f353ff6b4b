package io.github.resilientws.autoconfigure.cluster;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names of instances.
 */
class InstanceNameTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void instancesOfOneHostHaveNamesOfTheirOwn() {
		this.environment.setProperty("HOSTNAME", "host-1");
		assertThat(InstanceName.of(this.environment)).isEqualTo("host-1:" + ProcessHandle.current().pid());
	}

	@Test
	void podIsNamedAsInKubernetes() {
		this.environment.setProperty("spring.main.cloud-platform", "kubernetes");
		this.environment.setProperty("HOSTNAME", "prices-7d4b9c-x2x9k");
		assertThat(InstanceName.of(this.environment)).isEqualTo("prices-7d4b9c-x2x9k");
	}

	@Test
	void hostHasANameWithoutTheVariable() {
		assertThat(InstanceName.of(this.environment)).matches(".+:\\d+");
	}

}
