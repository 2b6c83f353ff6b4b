package io.github.resilientws.endurance;

/**
 * Few enough for each build.
 */
class ManyClientsTests extends ManyClientsContractTests {

	@Override
	int clients() {
		return 30;
	}

}
