package io.github.resilientws.store.file;

import java.io.IOException;

/**
 * Runs commands of the system.
 */
final class Commands {

	private Commands() {
	}

	/**
	 * Run a command.
	 * @param command the command
	 * @return whether it is there and succeeded
	 * @throws InterruptedException if interrupted
	 */
	static boolean run(String... command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getInputStream().readAllBytes();
			return process.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
