package io.github.resilientws.transport.spring;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WireDifference;
import io.github.resilientws.transport.WireFuzzTests;

/**
 * {@link SpringWebSocketTransport} on Tomcat's container among hostile servers.
 */
@Tag("fuzz")
class SpringWireFuzzTests extends WireFuzzTests {

	private static final String BROKEN = "by peer 1002";

	private static final String DEAD = "dead";

	private static final String MALFORMED = "MALFORMED";

	private static final String NO_MESSAGE = "open, messages 0";

	private static final String ONE_MESSAGE = "open, messages 1";

	/** Where it differs; {@code docs/transports.md} says the same. */
	static final List<WireDifference> DIFFERENCES = List.of(
			WireDifference.every("by us 1002", BROKEN, "breaks the protocol",
					"closed with 1002, reported as closed by the peer"),
			WireDifference.every("by us 1007", "by peer 1007", "sends text that is not UTF-8",
					"closed with 1007, reported as closed by the peer"),
			WireDifference.every("by peer 1006", "by peer 1006, sent 1002", "ends without a close frame",
					"reported as 1006, after a close frame of 1002"),
			WireDifference.of("by us 1009 | by us 1009, sent 1002",
					"breaks the protocol within a message that is too large",
					"reported as 1009, closed with 1009 or 1002", "bomb of stored blocks"),
			WireDifference.of("by peer 1006, sent 1002", "sends compressed data that cannot be inflated",
					"closed with 1002, reported as 1006", "text that is no deflate stream", "reserved block type",
					"stored block that lies about its length", "distance beyond the beginning"),
			WireDifference.of(BROKEN, "goes on behind the end of compressed data",
					"closed with 1002, reported as closed by the peer", "10,000 final blocks"),
			WireDifference.of(BROKEN + " | " + DEAD, "sends a close frame that is none",
					"closed with 1002, or, as Tomcat's reader gives up without a word, found by the heartbeat only",
					"close of one byte", "close reason that is not UTF-8", "close reason that ends in a character",
					"close reason of a surrogate"),
			WireDifference.of(BROKEN, "closes with 1012, 1013 or 1014", "reported as 1002", "close code 1012",
					"close code 1013", "close code 1014"),
			WireDifference.of("by peer 1000", "closes without a code", "reported as 1000", "close without code"),
			WireDifference.of(ONE_MESSAGE, "writes a length with more bytes than it needs", "accepted",
					"16-bit length of 5", "16-bit length of 125", "64-bit length of 5", "64-bit length of 65535"),
			WireDifference.of(ONE_MESSAGE, "marks a continuation as compressed", "accepted with compression",
					"deflated continuation"),
			WireDifference.of(DEAD, "announces a message above `max-message-size`",
					"read until it is above; if the rest never comes, found by the heartbeat", "length of 2^63 - 1",
					"length of 2^31", "length of 2^31 - 1", "length one beyond the limit",
					"first fragment beyond the limit", "deflated message beyond the limit"),
			WireDifference.of("by peer 1007", "announces 4 GB of text", "the bytes that come are read as its beginning",
					"length of 4 GB and 5"),
			WireDifference.of(DEAD, "sends pings and reads no pong",
					"reading stops; ended by the heartbeat, or after 20 s", "200,000 pings, no pong read"),
			WireDifference.of(NO_MESSAGE, "answers without a proper `Upgrade` or `Connection`", "accepted",
					"answer: no Upgrade", "answer: other Upgrade", "answer: empty Upgrade", "answer: two in Upgrade",
					"answer: two different Upgrades", "answer: no Connection", "answer: Connection: close"),
			WireDifference.of(NO_MESSAGE, "answers with a wrong `Sec-WebSocket-Accept`", "accepted",
					"answer: no accept key", "answer: empty accept key", "answer: other accept key",
					"answer: longer accept key", "answer: accept key in upper case", "answer: two accept keys"),
			WireDifference.of(NO_MESSAGE, "answers with HTTP/1.0", "accepted", "answer: HTTP/1.0"),
			WireDifference.of(NO_MESSAGE, "sends headers that are none, or thousands",
					"accepted; lines without a colon appear in Tomcat's log at WARN, verbatim",
					"answer: carriage return in a value", "answer: NUL in a value", "answer: NUL in a name",
					"answer: no colon", "answer: empty name", "answer: 10,000 headers"),
			WireDifference.of(MALFORMED, "answers with `http` in lower case, or empty lines first", "refused",
					"answer: lower-case http", "answer: empty lines first", "answer: line ends"),
			WireDifference.of("TimeoutException", "ends no line properly", "waited for until `connect-timeout`",
					"answer: line feeds only"),
			WireDifference.of("TimeoutException", "sends an answer without end",
					"the attempt ends at `connect-timeout`; Tomcat may read on, without a limit, while the peer sends",
					"answer: endless headers", "answer: endless header value", "answer: endless header name",
					"answer: endless folded value", "answer: endless status line", "answer: endless refusal"),
			WireDifference.of("EOFException", "ends before its answer does, or speaks no HTTP",
					"reported as an early end", "answer: nothing", "answer: half a status line",
					"answer: half the headers", "answer: HTTP/2 settings frame", "answer: TLS alert",
					"answer: NUL bytes"),
			WireDifference.of("refused 503", "refuses with contradictory lengths", "reported as refused",
					"refusal: negative Content-Length", "refusal: two Content-Lengths",
					"refusal: Content-Length beyond 2^63", "refusal: length and chunks"),
			WireDifference.of("refused 429", "refuses with any `Retry-After`",
					"reported as refused, its wish is not known", "refusal: Retry-After with escapes",
					"refusal: Retry-After of 300 years", "refusal: Retry-After beyond 2^63"),
			WireDifference.of("refused 100 | refused 103", "sends an interim answer before the final one",
					"reported as refused, with the status of the interim answer", "answer: interim answers first",
					"answer: 8 MB of interim answers", "answer: endless interim answers", "answer: lone interim answer",
					"refusal: status 100 and the end", "refusal: status 103 and the end",
					"refusal: status 503 after a 100"),
			WireDifference.of(MALFORMED, "chooses an empty list of extensions", "reported as malformed",
					"answer: empty extensions"),
			WireDifference.of(MALFORMED, "answers with a status above 599", "reported as malformed",
					"refusal: status 999"),
			WireDifference.of(MALFORMED, "chooses an extension that Tomcat does not know", "reported as malformed",
					"answer: unasked choice x-unknown", "answer: unasked choice permessage-deflate; unknown",
					"answer: unasked choice permessage-deflate; client_max_window_bits=8",
					"answer: unasked choice permessage-deflate; server_max_window_bits=99"),
			WireDifference.of(NO_MESSAGE, "chooses compression twice, or with a value that is none", "accepted",
					"answer: unasked choice permessage-deflate, permessage-deflate",
					"answer: unasked choice permessage-deflate; server_no_context_takeover=1"));

	// writes one line per line of an endless answer; a field, so that the logger is kept
	private final Logger tomcat = Logger.getLogger("org.apache.tomcat.websocket");

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	@Override
	protected WebSocketTransport createTransport() {
		return new SpringWebSocketTransport(this.blocking, new NameLookups(), true);
	}

	@Override
	protected List<WireDifference> differences() {
		return DIFFERENCES;
	}

	@BeforeAll
	void silenceTomcat() {
		this.tomcat.setLevel(Level.OFF);
	}

	@AfterAll
	void stopBlocking() {
		this.tomcat.setLevel(null);
		this.blocking.shutdownNow();
	}

}
