package io.github.resilientws.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A main class of the tests in a JVM of its own, which ends with its standard input.
 */
final class JvmProcess implements AutoCloseable {

	private static final long ANSWER_SECONDS = 60;

	private static final String END = "(end)";

	private final Process process;

	private final Writer commands;

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

	private final Thread collector;

	private JvmProcess(Process process) {
		this.process = process;
		this.commands = process.outputWriter(StandardCharsets.UTF_8);
		this.collector = new Thread(this::read, "reader-of-" + process.pid());
		this.collector.setDaemon(true);
		this.collector.start();
	}

	static JvmProcess start(Class<?> main, String... arguments) throws IOException {
		return start(main, Map.of(), arguments);
	}

	/**
	 * Start a JVM.
	 * @param main its main class
	 * @param environment additional variables of its environment
	 * @param arguments arguments of the main class
	 * @return the process
	 */
	static JvmProcess start(Class<?> main, Map<String, String> environment, String... arguments) throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
						classPath, main.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().putAll(environment);
		return new JvmProcess(builder.start());
	}

	/**
	 * Give a command, and wait for its answer.
	 * @param command the command
	 * @return the next line that was not read yet
	 */
	synchronized String ask(String command) throws IOException, InterruptedException {
		write(command);
		String answer = this.unread.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
		if (answer == null || answer.equals(END)) {
			throw new IllegalStateException("no answer to '" + command + "'");
		}
		return answer;
	}

	/**
	 * Give a command.
	 * @param command the command
	 */
	synchronized void write(String command) throws IOException {
		this.commands.write(command + "\n");
		this.commands.flush();
	}

	/**
	 * Return all that it printed.
	 * @return the lines
	 */
	List<String> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * Send a signal.
	 * @param name its name, such as {@code STOP}
	 */
	void signal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("sh", "-c", "kill -" + name + " " + this.process.pid()).inheritIO().start().waitFor();
	}

	/**
	 * Kill it.
	 * @return all that it printed
	 */
	List<String> kill() throws InterruptedException {
		// unlike Process.destroyForcibly it leaves the output to be read
		this.process.toHandle().destroyForcibly();
		this.process.waitFor();
		this.collector.join();
		return lines();
	}

	/**
	 * Kill it, and do not wait for its end.
	 */
	void killNow() {
		this.process.toHandle().destroyForcibly();
	}

	/**
	 * Send a signal that ends it, and wait for its end.
	 * @param name its name, such as {@code TERM}
	 */
	void endBy(String name) throws IOException, InterruptedException {
		signal(name);
		this.process.waitFor();
	}

	/**
	 * End its standard input, and wait for its end.
	 */
	void end() throws IOException, InterruptedException {
		this.commands.close();
		this.process.waitFor();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.lines.add(line);
				this.unread.add(line);
			}
		}
		catch (IOException ex) {
			// it was killed
		}
		this.unread.add(END);
	}

}
