package io.github.resilientws.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.json.JsonMapper;

/**
 * {@code interop/ws-server.mjs} in a process of its own: one command a line, one line of
 * JSON as its answer.
 */
final class NpmWsServer implements Server {

	private final JsonMapper json = new JsonMapper();

	private final Process process;

	private final Writer commands;

	private final BufferedReader answers;

	private final int port;

	private NpmWsServer(Process process) {
		this.process = process;
		this.commands = process.outputWriter(StandardCharsets.UTF_8);
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.port = this.json.readValue(ask("port"), Integer.class);
	}

	static NpmWsServer start() throws IOException {
		return start("false");
	}

	/**
	 * Start a server that compresses.
	 * @param compression option {@code perMessageDeflate} in JSON
	 * @return the server
	 */
	static NpmWsServer start(String compression) throws IOException {
		Path script = Path.of(System.getProperty("interop.directory"), "ws-server.mjs");
		Process process = new ProcessBuilder("node", script.toString(), compression)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		return new NpmWsServer(process);
	}

	@Override
	public URI url() {
		return URI.create("ws://127.0.0.1:" + this.port + "/");
	}

	@Override
	public void stop(Kick how) {
		ask("stop " + word(how));
	}

	@Override
	public void kick(Kick how) {
		ask("kick " + word(how));
	}

	@Override
	public void restart() {
		ask("restart");
	}

	@Override
	public void goSilent() {
		ask("pause");
	}

	@Override
	public void stopReading() {
		ask("pause");
	}

	@Override
	public void push(String text) {
		ask("push " + text);
	}

	@Override
	public List<String> texts() {
		return List.of(this.json.readValue(ask("texts"), String[].class));
	}

	@Override
	public int textCount() {
		return this.json.readValue(ask("count"), Integer.class);
	}

	@Override
	public void acknowledge(AckPlan plan) {
		ask("acknowledge " + this.json.writeValueAsString(plan));
	}

	@Override
	public Set<String> acknowledged() {
		return Set.of(this.json.readValue(ask("acknowledged"), String[].class));
	}

	@Override
	public List<Arrival> arrivals() {
		return List.of(this.json.readValue(ask("arrivals"), Arrival[].class));
	}

	/**
	 * Return what was agreed on compression, for each connection.
	 * @return the parameters in JSON
	 */
	String extensions() {
		return ask("extensions");
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	private static String word(Kick how) {
		return (how.code() == 1006) ? how.name() : Integer.toString(how.code());
	}

	private synchronized String ask(String command) {
		try {
			this.commands.write(command + "\n");
			this.commands.flush();
			String answer = this.answers.readLine();
			if (answer == null) {
				throw new IllegalStateException("ws-server.mjs ended");
			}
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
