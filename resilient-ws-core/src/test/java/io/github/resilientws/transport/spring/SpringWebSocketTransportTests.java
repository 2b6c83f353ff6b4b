package io.github.resilientws.transport.spring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportContractTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link SpringWebSocketTransport} on Tomcat's container.
 */
class SpringWebSocketTransportTests extends WebSocketTransportContractTests {

	/** Tests of the contract that do not hold, and what happens instead. */
	static final Map<String, String> DIFFERENCES = Map.ofEntries( //
			Map.entry("refusalKeepsStatusAndHeaders",
					"the status of a refusal is known, its headers are not: no `Retry-After`"),
			Map.entry("redirectKeepsItsStatus", "any redirect is reported as 302"),
			Map.entry("wrongAcceptKeyFails", "`Sec-WebSocket-Accept` is not checked"),
			Map.entry("endlessHeadersFail", "the headers of the answer are not limited, but by `connect-timeout`"),
			Map.entry("closeFrameWithoutCodeIs1005", "a close frame without a code is reported as 1000"),
			Map.entry("registeredCloseCodesArePassedOn", "1012, 1013 and 1014 are reported as 1002"),
			Map.entry("invalidTextIs1007", "1007 for text that is not UTF-8 is reported as if the peer had sent it"),
			Map.entry("maskedFrameIs1002", "1002 for a masked frame is reported as if the peer had sent it"),
			Map.entry("unknownOpcodeIs1002", "1002 for an unknown opcode is reported as if the peer had sent it"),
			Map.entry("pingThatMeetsAFullSocketIsAnsweredLater",
					"a ping of a peer that does not read stops reading until the peer reads on"),
			Map.entry("hostIsTheFirstHeader", "`Host` is one of the headers, in no certain order"),
			Map.entry("interimAnswersAreSkipped", "an interim answer is reported as a refusal with its status"),
			Map.entry("refusalAfterAnInterimAnswerKeepsItsStatus",
					"a refusal after an interim answer is reported with the status of that answer"),
			Map.entry("emptyListOfExtensionsIsNone",
					"an empty `Sec-WebSocket-Extensions` is reported as a malformed answer"),
			Map.entry("pingWaitsForLittleOfALargeMessage",
					"on a slow line a ping waits behind the content of the kernel's send buffer, perhaps megabytes"),
			Map.entry("pingsOfThePeerAreSeenAsLife",
					"pings of the peer are answered, but not seen: with `mode: passive`, a peer that only pings counts as silent"),
			Map.entry("bytesThatCompleteNoFrameAreSeenAsLife",
					"bytes are seen when they complete a message, a pong or a part of 8 KB"),
			Map.entry("bytesTakenGrowWithinOneFrame",
					"bytes that the socket takes are counted frame by frame, when a send has returned"));

	@RegisterExtension
	static final KnownDifferences known = new KnownDifferences(DIFFERENCES);

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	@AfterEach
	void stopBlocking() {
		this.blocking.shutdownNow();
	}

	@Override
	protected WebSocketTransport createTransport() {
		return new SpringWebSocketTransport(this.blocking, new NameLookups(), true, Duration.ofSeconds(2));
	}

	// the send that an abort interrupts is only reported as started, even if it went
	// through
	@Override
	protected void assertWritten(int written, int arrived) {
		assertThat(written).isBetween(arrived - 1, arrived);
	}

	// a send that blocks counts as started, even if the socket took nothing of it yet
	@Override
	protected void assertStarted(int started, int arrived) {
		assertThat(started).isBetween(arrived, arrived + 1);
	}

}
