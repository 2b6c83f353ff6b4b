package io.github.resilientws.test;

import java.io.IOException;

/**
 * What happens to one accepted TCP connection, up to its end.
 */
@FunctionalInterface
interface HandshakeAnswer {

	void answer(ServerConnection connection) throws IOException;

}
