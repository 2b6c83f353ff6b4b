package io.github.resilientws.autoconfigure.interop;

/**
 * OCPP 1.6-J.
 */
class Ocpp16Tests extends OcppContractTests {

	Ocpp16Tests() {
		super("ocpp1.6", "{\"chargePointVendor\":\"A\",\"chargePointModel\":\"X\"}");
	}

}
