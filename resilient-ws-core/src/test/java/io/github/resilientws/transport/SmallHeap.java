package io.github.resilientws.transport;

import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.resilientws.internal.ClientRuntime;

/**
 * Victims in a JVM of their own, with a heap of 64 MB and as much memory outside it. It
 * ends at the first {@code OutOfMemoryError}.
 */
public final class SmallHeap {

	/** Begins the line of an outcome. */
	static final String OUTCOME = "outcome: ";

	private static final int ARGUMENTS = 3;

	private SmallHeap() {
	}

	/**
	 * Meet servers one after another.
	 * @param suite the suite whose transport is used
	 * @param servers what to meet
	 * @param compression for each whether to offer compression
	 * @param patience for each whether to be patient
	 * @return a line for each, its outcome, and whatever else was written
	 */
	static List<String> meet(Class<? extends WireFuzzTests> suite, List<WireServer> servers, List<Boolean> compression,
			List<Boolean> patience) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:+ExitOnOutOfMemoryError", "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						SmallHeap.class.getName(), suite.getName()));
		for (int i = 0; i < servers.size(); i++) {
			command.add(servers.get(i).url().toString());
			command.add(compression.get(i).toString());
			command.add(patience.get(i).toString());
		}
		// a stream of its own, or it would get between the outcomes
		Path errors = Files.createTempFile("small-heap", ".log");
		Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			process.waitFor(5, TimeUnit.SECONDS);
			return Stream.concat(output.lines(), Files.readString(errors).lines()).toList();
		}
		finally {
			process.destroyForcibly();
			Files.delete(errors);
		}
	}

	public static void main(String[] args) throws Exception {
		Constructor<?> suite = Class.forName(args[0]).getDeclaredConstructor();
		suite.setAccessible(true);
		try (WebSocketTransport transport = ((WireFuzzTests) suite.newInstance()).createTransport();
				ClientRuntime runtime = ClientRuntime.create(8, false, transport)) {
			for (int i = 1; i < args.length; i += ARGUMENTS) {
				try (WireVictim victim = new WireVictim(runtime, URI.create(args[i]), Boolean.parseBoolean(args[i + 1]),
						Boolean.parseBoolean(args[i + 2]))) {
					System.out.println(OUTCOME + victim.await());
				}
				catch (Exception ex) {
					System.out.println(OUTCOME + ex);
				}
			}
		}
		System.exit(0);
	}

}
