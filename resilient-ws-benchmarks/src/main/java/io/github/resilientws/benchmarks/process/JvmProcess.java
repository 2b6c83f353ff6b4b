package io.github.resilientws.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM, which reads commands from standard input and answers each with one line.
 * It ends with its standard input.
 */
public final class JvmProcess implements AutoCloseable {

	private static final String ANSWER = "answer ";

	private final Process process;

	private final BufferedReader output;

	private final PrintStream input;

	private JvmProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
		this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	/**
	 * Start a JVM.
	 * @param classPath its class path
	 * @param options options of the JVM
	 * @param main class to run
	 * @param arguments arguments of that class
	 * @return the running JVM
	 * @throws IOException if it fails
	 */
	public static JvmProcess start(String classPath, List<String> options, Class<?> main, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(List.of(arguments));
		return new JvmProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/**
	 * Send a command and wait for its answer.
	 * @param command the command, one line
	 * @return the words of the answer
	 * @throws IOException if the JVM has ended
	 */
	public String[] ask(String command) throws IOException {
		this.input.println(command);
		return readAnswer();
	}

	/**
	 * Wait for the next answer, of a JVM that answers without a command.
	 * @return the words of the answer
	 * @throws IOException if the JVM has ended
	 */
	public String[] readAnswer() throws IOException {
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.startsWith(ANSWER)) {
				return line.substring(ANSWER.length()).split(" ");
			}
			System.err.println(line);
		}
		throw new IOException("the process has ended: " + this.process.info().commandLine().orElse(""));
	}

	/**
	 * Return the process.
	 * @return the process
	 */
	public ProcessHandle handle() {
		return this.process.toHandle();
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroyForcibly();
		this.process.waitFor(10, TimeUnit.SECONDS);
	}

	/**
	 * Answer, in the other JVM.
	 * @param answer the answer, one line
	 */
	public static void answer(String answer) {
		System.out.println(ANSWER + answer);
	}

	/**
	 * Answer all commands, in the other JVM.
	 * @param commands answers a command, given its words
	 * @throws Exception if a command fails
	 */
	static void serve(Commands commands) throws Exception {
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			answer(commands.answer(line.split(" ")));
		}
	}

	/**
	 * Answers commands.
	 */
	@FunctionalInterface
	interface Commands {

		String answer(String[] command) throws Exception;

	}

}
