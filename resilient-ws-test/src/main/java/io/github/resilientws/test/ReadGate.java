package io.github.resilientws.test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;

/**
 * Pauses, resumes or ends the reading thread of a connection.
 */
final class ReadGate {

	private boolean open = true;

	private boolean shut;

	synchronized void set(boolean open) {
		this.open = open;
		notifyAll();
	}

	synchronized void shut() {
		this.shut = true;
		notifyAll();
	}

	synchronized void await() throws IOException {
		while (!this.open && !this.shut) {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException();
			}
		}
		if (this.shut) {
			throw new SocketException("closed by the server");
		}
	}

}
