package io.github.resilientws.autoconfigure.interop;

/**
 * OCPP 2.0.1.
 */
class Ocpp201Tests extends OcppContractTests {

	Ocpp201Tests() {
		super("ocpp2.0.1", "{\"reason\":\"PowerUp\",\"chargingStation\":{\"vendorName\":\"A\",\"model\":\"X\"}}");
	}

}
