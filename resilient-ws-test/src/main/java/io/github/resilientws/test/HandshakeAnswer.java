package io.github.resilientws.test;

import java.io.IOException;

/**
 * Handles one accepted TCP connection, up to its end.
 */
@FunctionalInterface
interface HandshakeAnswer {

	void answer(ServerConnection connection) throws IOException;

}
