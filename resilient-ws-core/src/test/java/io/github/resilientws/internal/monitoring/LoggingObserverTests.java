package io.github.resilientws.internal.monitoring;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.ClientSettings;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingObserverTests {

	private static final DisconnectCause LOSS = new DisconnectCause.Closed(1001, "bye\n[chat] forged", true);

	@RegisterExtension
	final CapturedLog appender = new CapturedLog(ResilientWebSocketClient.class, Level.INFO);

	private long now;

	private final LoggingObserver observer = new LoggingObserver(settings("wss://example.com/secret?token=1"),
			() -> this.now);

	@Test
	void namesThePlaceWhereACustomizerFailed() {
		IllegalStateException failure = new IllegalStateException("s3cret");
		this.observer.connecting("chat", 1);
		this.observer.attemptEnded("chat", new DisconnectCause.SupplyFailed(failure), Duration.ZERO);
		this.observer.attemptEnded("chat", new DisconnectCause.ConnectFailed(failure), Duration.ZERO);
		assertThat(this.appender.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.startsWith("[chat] preparing the handshake failed: java.lang.IllegalStateException at "
					+ LoggingObserverTests.class.getName() + ".namesThePlaceWhereACustomizerFailed(")
			.doesNotContain("s3cret");
	}

	@Test
	void logsTheReasonOfALostLine() {
		this.observer.ownershipChanged("chat", OwnershipChange.LOST, 7, "no beat for 9 s");
		this.observer.ownershipChanged("chat", OwnershipChange.LOST, 7, null);
		assertThat(lines()).containsExactly("WARN [chat] lost the line (no beat for 9 s)", "WARN [chat] lost the line");
	}

	@Test
	void logsALossAndItsEndHoweverManyAttemptsItTook() {
		attempt(1);
		ready();
		lose(2);
		for (int number = 2; number < 20; number++) {
			attempt(number);
			fail(number + 1);
		}
		attempt(20);
		ready();
		assertThat(lines()).first().isEqualTo("INFO [chat] ESTABLISHING -> READY to example.com:443 after 1.500 s");
		assertThat(lines()).filteredOn((line) -> line.startsWith("WARN"))
			.containsExactly("WARN [chat] READY -> BACKING_OFF (Closed 1001 by peer: bye\\u000a[chat] forged),"
					+ " attempt 2 to example.com:443 in 1.000 s");
		assertThat(lines()).last().asString().contains("-> READY");
		assertThat(lines()).hasSizeLessThan(8);
	}

	@Test
	void logsOneCyclePerMinuteOfAConnectionThatFlaps() {
		for (int number = 1; number < 50; number++) {
			attempt(number);
			ready();
			lose(number + 1);
		}
		int early = lines().size();
		assertThat(early).isLessThan(12);
		this.now += Duration.ofMinutes(1).toNanos();
		attempt(50);
		ready();
		lose(51);
		attempt(51);
		ready();
		assertThat(lines()).hasSize(early + 2);
	}

	@Test
	void logsTheFirstLossOfASeriesThatFollowsALongOne() {
		attempt(1);
		for (int number = 2; number < 6; number++) {
			fail(number);
			attempt(number);
		}
		ready();
		int before = lines().size();
		lose(1);
		dial(1, ConnectionState.BACKING_OFF);
		ready();
		assertThat(lines().subList(before, lines().size())).satisfiesExactly(
				(line) -> assertThat(line).startsWith("WARN [chat] READY -> BACKING_OFF").contains(", attempt 1 "),
				(line) -> assertThat(line).startsWith("INFO [chat] ESTABLISHING -> READY"));
	}

	@Test
	void namesEachHostThatAnAttemptMayGoTo() {
		LoggingObserver observer = new LoggingObserver(
				settings("wss://one.example.com/secret", "ws://two.example.com/", "wss://one.example.com/other"),
				() -> this.now);
		observer.ready("chat", Duration.ofSeconds(1));
		assertThat(this.appender.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.isEqualTo("[chat] IDLE -> READY to one.example.com:443 or two.example.com:80 after 1.000 s");
	}

	@Test
	void namesHostsThatTheJdkDoesNotRead() {
		LoggingObserver observer = new LoggingObserver(
				settings("ws://my_host:81/", "ws://m\u00fcnchen.example/", "ws://[fe80::1%25eth0]/"), () -> this.now);
		observer.ready("chat", Duration.ofSeconds(1));
		assertThat(this.appender.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.contains(" to my_host:81 or xn--mnchen-3ya.example:80 or [fe80::1%eth0]:80 after");
	}

	private void attempt(int number) {
		dial(number, (number == 1) ? ConnectionState.IDLE : ConnectionState.BACKING_OFF);
	}

	private void dial(int number, ConnectionState from) {
		move(from, ConnectionState.CONNECTING, null);
		this.observer.connecting("chat", number);
	}

	private void ready() {
		move(ConnectionState.CONNECTING, ConnectionState.ESTABLISHING, null);
		move(ConnectionState.ESTABLISHING, ConnectionState.READY, null);
		this.observer.ready("chat", Duration.ofMillis(1500));
	}

	private void lose(int next) {
		move(ConnectionState.READY, ConnectionState.BACKING_OFF, LOSS);
		this.observer.reconnectScheduled("chat", next, Duration.ofSeconds(1), LOSS);
	}

	private void fail(int next) {
		DisconnectCause cause = new DisconnectCause.HandshakeRefused(503, Map.of());
		move(ConnectionState.CONNECTING, ConnectionState.BACKING_OFF, cause);
		this.observer.reconnectScheduled("chat", next, Duration.ofSeconds(1), cause);
	}

	private void move(ConnectionState from, ConnectionState to, @Nullable DisconnectCause cause) {
		this.observer.stateChanged("chat", from, to, cause);
	}

	@Test
	void deadLettersAreOneLineAMinute() {
		DeadLetter letter = new DeadLetter("a", "x", 3, Instant.EPOCH, DeadLetter.Cause.NOT_ACKNOWLEDGED);
		this.observer.deadLettered("chat", letter);
		this.observer.deadLettered("chat", letter);
		this.now += Duration.ofMinutes(1).toNanos();
		this.observer.deadLettered("chat", letter);
		assertThat(lines()).containsExactly(
				"WARN [chat] a message is a dead letter after 3 attempts (NOT_ACKNOWLEDGED)",
				"WARN [chat] a message is a dead letter after 3 attempts (NOT_ACKNOWLEDGED), with 1 more since the last"
						+ " such line");
	}

	private List<String> lines() {
		return this.appender.list.stream()
			.map((event) -> event.getLevel() + " " + event.getFormattedMessage())
			.filter((line) -> !line.contains("IDLE"))
			.toList();
	}

	private static ClientSettings settings(String... urls) {
		return ClientSettings.defaults("chat").withUrls(Arrays.stream(urls).map(URI::create).toList());
	}

}
