package io.github.resilientws.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.endurance.SharedHistory.Received;
import io.github.resilientws.endurance.SharedHistory.Verdict;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.test.ReceivedHandshake;
import io.github.resilientws.test.ReceivedMessage;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A line that JVMs with a {@link SharedClient} share: its server, which acknowledges each
 * message, its database, and a path to the database for each JVM.
 */
final class SharedLine implements AutoCloseable {

	/** What a limit may be exceeded by on a busy machine. */
	static final Duration SLACK = Duration.ofSeconds(2);

	static final Duration TAKE_OVER = SharedClient.LEASE.plusSeconds(1).plus(SLACK);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(5);

	private static final Pattern FRAME = Pattern.compile("\\{\"id\":\"([^\"]*)\".*");

	private final Map<String, JvmProcess> processes = new LinkedHashMap<>();

	private final Map<String, DatabaseProxy> proxies = new LinkedHashMap<>();

	private final TestWebSocketServer server = TestWebSocketServer.start().answerAcks();

	private final Path directory;

	private final SharedDatabase database;

	private final JdbcTemplate jdbc;

	/**
	 * Create a line on a server of PostgreSQL that lines share.
	 * @param directory an empty directory for records
	 */
	SharedLine(Path directory) {
		this(SharedDatabase.create(Database.POSTGRESQL), directory);
	}

	/**
	 * Create a line.
	 * @param database the database
	 * @param directory an empty directory for records
	 */
	SharedLine(SharedDatabase database, Path directory) {
		this.directory = directory;
		this.database = database;
		this.jdbc = database.jdbc();
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/** Returns how many instances the database has rows of. */
	int liveInstances() {
		return this.jdbc.queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_INSTANCE", Integer.class);
	}

	TestWebSocketServer server() {
		return this.server;
	}

	/**
	 * Start a JVM, and wait until it takes part.
	 * @param instance its name, which no other one has had
	 * @param options further options
	 */
	void start(String instance, String... options) throws IOException {
		start(instance, Map.of(), options);
	}

	void start(String instance, Map<String, String> environment, String... options) throws IOException {
		DatabaseProxy proxy = new DatabaseProxy(this.database.port());
		this.proxies.put(instance, proxy);
		List<String> arguments = new ArrayList<>(List.of("name=" + instance, "url=" + this.server.url(),
				"database=" + this.database.url(proxy.port()), "directory=" + this.directory));
		arguments.addAll(List.of(options));
		JvmProcess process = JvmProcess.start(SharedClient.class, environment, arguments.toArray(String[]::new));
		this.processes.put(instance, process);
		await().atMost(LIMIT).until(() -> process.lines().contains("started"));
	}

	JvmProcess process(String instance) {
		return this.processes.get(instance);
	}

	DatabaseProxy proxy(String instance) {
		return this.proxies.get(instance);
	}

	/**
	 * Forget a JVM that has ended.
	 * @param instance its name
	 */
	void ended(String instance) throws IOException {
		this.processes.remove(instance).close();
		this.proxies.remove(instance).close();
	}

	Set<String> instances() {
		return new HashSet<>(this.processes.keySet());
	}

	/**
	 * Let an instance do something, and wait until it is done.
	 * @param instance its name
	 * @param command the command
	 * @return the answer
	 */
	String ask(String instance, String command) throws IOException {
		JvmProcess process = process(instance);
		long before = answers(process.lines());
		process.write(command);
		awaitAnswers(instance, before + 1);
		return process.lines().stream().filter(SharedLine::isAnswer).skip(before).findFirst().orElseThrow();
	}

	long answers(String instance) {
		return answers(process(instance).lines());
	}

	void awaitAnswers(String instance, long number) {
		JvmProcess process = process(instance);
		await("an answer of " + instance).atMost(LIMIT)
			.pollInterval(POLL)
			.until(() -> answers(process.lines()) >= number);
	}

	private static long answers(List<String> lines) {
		return lines.stream().filter(SharedLine::isAnswer).count();
	}

	// other lines are of the log
	private static boolean isAnswer(String line) {
		return line.equals("done") || line.chars().allMatch(Character::isDigit);
	}

	List<ReceivedHandshake> handshakes() {
		return this.server.seen().handshakes();
	}

	/**
	 * Return the name of the instance that connected last.
	 * @return the name
	 */
	String owner() {
		List<ReceivedHandshake> handshakes = handshakes();
		return handshakes.get(handshakes.size() - 1).header("x-instance");
	}

	/**
	 * Wait until another instance connects.
	 * @param before name of the owner before
	 * @param limit how long to wait
	 */
	void awaitOtherOwner(String before, Duration limit) {
		await("another instance takes the line").atMost(limit).until(() -> !owner().equals(before));
	}

	void awaitOwner() {
		this.server.seen().awaitHandshakes(1, LIMIT);
	}

	void awaitFrame(Duration limit) {
		long before = this.server.seen().textCount();
		await("messages flow").atMost(limit).until(() -> this.server.seen().textCount() > before);
	}

	/**
	 * Stop all senders, and wait until the line has no messages and all futures are
	 * complete.
	 */
	SharedHistory finish() throws Exception {
		for (String instance : this.processes.keySet()) {
			ask(instance, "pause");
		}
		await("the owner sends the backlog").atMost(LIMIT).until(() -> rows() == 0);
		await("senders look each second").atMost(LIMIT).until(() -> history().open(instances()).isEmpty());
		return history();
	}

	/**
	 * Wait until a message of an instance is in the table.
	 * @param instance its name
	 */
	void awaitRows(String instance) {
		await("a transaction is committed").atMost(LIMIT)
			.until(() -> !this.jdbc
				.queryForList("SELECT 1 FROM RESILIENT_WS_MESSAGE WHERE MESSAGE_ID LIKE ?", instance + "-%")
				.isEmpty());
	}

	int rows() {
		Integer rows = this.jdbc.queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_MESSAGE", Integer.class);
		return (rows != null) ? rows : 0;
	}

	SharedHistory history() throws IOException {
		List<Received> received = this.server.seen()
			.received(Kind.TEXT)
			.stream()
			.map((message) -> new Received(id(message), message.nanos()))
			.toList();
		return new SharedHistory(this.directory, received,
				new HashSet<>(this.jdbc.queryForList("SELECT ID FROM BUSINESS", String.class)));
	}

	/**
	 * Return what the senders recorded, without asking the database.
	 * @return the messages
	 */
	List<SharedHistory.Message> recorded() throws IOException {
		return new SharedHistory(this.directory, List.of(), Set.of()).messages();
	}

	private static String id(ReceivedMessage message) {
		Matcher matcher = FRAME.matcher(message.text());
		assertThat(matcher.matches()).as(message.text()).isTrue();
		return matcher.group(1);
	}

	void assertClean(SharedHistory history, int hands) {
		System.out.printf("%d messages, extra %d, connections %d%n", history.messages().size(), history.extra(),
				handshakes().size());
		assertThat(history.verdict()).isEqualTo(Verdict.CLEAN);
		assertThat(history.extra()).isLessThanOrEqualTo(hands * SharedClient.WINDOW);
	}

	/**
	 * Assert that nothing of an older owner arrived after the first message of a newer
	 * one.
	 */
	void assertOwnersWriteInTurn() {
		assertThat(handshakes().stream().map((one) -> Long.parseLong(one.header("x-fence")))).isSorted();
		assertThat(this.server.seen().received(Kind.TEXT).stream().map(ReceivedMessage::connection)).isSorted();
	}

	@Override
	public void close() throws IOException {
		this.processes.values().forEach(JvmProcess::close);
		for (DatabaseProxy proxy : this.proxies.values()) {
			proxy.close();
		}
		this.server.close();
	}

}
