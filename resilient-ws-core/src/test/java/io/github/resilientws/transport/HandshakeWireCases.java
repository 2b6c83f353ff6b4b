package io.github.resilientws.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.RawServer.Script;

/**
 * Answers to the opening handshake that are none.
 */
final class HandshakeWireCases {

	private static final String MALFORMED = "MALFORMED";

	private static final String ACCEPTED = WireCase.OPEN + 0;

	private static final String INTERIM = "HTTP/1.1 100 Continue\r\n\r\n";

	private static final String WRONG_KEY = "WRONG_ACCEPT_KEY";

	private HandshakeWireCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		cases.addAll(headers());
		cases.addAll(lines());
		cases.addAll(sizes());
		cases.addAll(refusals());
		cases.addAll(extensions());
		return cases;
	}

	private static List<WireCase> headers() {
		return List.of(changed("no Upgrade", MALFORMED, (head) -> head.replace("Upgrade: websocket\r\n", "")),
				changed("other Upgrade", MALFORMED, (head) -> head.replace("Upgrade: websocket", "Upgrade: h2c")),
				changed("empty Upgrade", MALFORMED, (head) -> head.replace("Upgrade: websocket", "Upgrade:")),
				changed("two in Upgrade", MALFORMED,
						(head) -> head.replace("Upgrade: websocket", "Upgrade: websocket, h2c")),
				changed("two different Upgrades", MALFORMED, (head) -> more(head, "Upgrade: h2c")),
				changed("no Connection", MALFORMED, (head) -> head.replace("Connection: Upgrade\r\n", "")),
				changed("Connection: close", MALFORMED,
						(head) -> head.replace("Connection: Upgrade", "Connection: close")),
				changed("two in Connection", ACCEPTED,
						(head) -> head.replace("Connection: Upgrade", "Connection: keep-alive, Upgrade")),
				changed("two Connections", ACCEPTED, (head) -> more(head, "Connection: keep-alive")),
				changed("no accept key", WRONG_KEY, (head) -> head.replace("Sec-WebSocket-Accept", "X-Accept")),
				changed("empty accept key", WRONG_KEY, (head) -> head.replaceAll("(Accept:) .*", "$1")),
				changed("other accept key", WRONG_KEY, (head) -> head.replaceAll("(Accept:) ....", "$1 AAAA")),
				changed("longer accept key", WRONG_KEY, (head) -> head.replaceAll("(Accept: .*)", "$1 x")),
				changed("accept key in upper case", WRONG_KEY,
						(head) -> head.replaceAll("Accept: .*", "Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
				changed("two accept keys", MALFORMED, (head) -> more(head, "Sec-WebSocket-Accept: AAAA")),
				changed("lower-case names", ACCEPTED,
						(head) -> head.replace("Upgrade: ", "upgrade:")
							.replace("Connection", "connection")
							.replace("Sec-WebSocket-Accept", "sec-websocket-accept")),
				changed("upper-case values", ACCEPTED,
						(head) -> head.replace("websocket\r", "WEBSOCKET\r").replace(": Upgrade", ": UPGRADE")),
				changed("unasked subprotocol", "UNASKED_SUBPROTOCOL",
						(head) -> more(head, "Sec-WebSocket-Protocol: chat")),
				changed("two subprotocols", MALFORMED,
						(head) -> more(head, "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b")),
				changed("empty extensions", ACCEPTED, (head) -> more(head, "Sec-WebSocket-Extensions: ")),
				changed("interim answers first", ACCEPTED,
						(head) -> INTERIM + "HTTP/1.1 103 A\r\nLink: </a>\r\n\r\n" + INTERIM + head),
				changed("Content-Length of a 101", ACCEPTED, (head) -> more(head, "Content-Length: 5")),
				changed("chunked 101", ACCEPTED, (head) -> more(head, "Transfer-Encoding: chunked")));
	}

	private static List<WireCase> lines() {
		return List.of(changed("no reason", ACCEPTED, (head) -> head.replace("101 Switching Protocols", "101")),
				changed("HTTP/1.0", MALFORMED, (head) -> head.replace("HTTP/1.1", "HTTP/1.0")),
				changed("HTTP/0.9", MALFORMED, (head) -> head.replace("HTTP/1.1", "HTTP/0.9")),
				changed("HTTP/2.0", MALFORMED, (head) -> head.replace("HTTP/1.1", "HTTP/2.0")),
				changed("HTTP/9999999999.1", MALFORMED, (head) -> head.replace("HTTP/1.1", "HTTP/9999999999.1")),
				changed("lower-case http", ACCEPTED, (head) -> head.replace("HTTP/1.1", "http/1.1")),
				changed("status 1O1", MALFORMED, (head) -> head.replace(" 101 ", " 1O1 ")),
				changed("status -101", MALFORMED, (head) -> head.replace(" 101 ", " -101 ")),
				changed("status 99999999999", MALFORMED, (head) -> head.replace(" 101 ", " 99999999999 ")),
				changed("status 0101", ACCEPTED, (head) -> head.replace(" 101 ", " 0101 ")),
				changed("no status", MALFORMED, (head) -> head.replace(" 101 Switching Protocols", "")),
				changed("empty lines first", ACCEPTED, (head) -> "\r\n\r\n" + head),
				changed("line feeds only", MALFORMED, (head) -> head.replace("\r\n", "\n")),
				changed("carriage return in a value", MALFORMED, (head) -> more(head, "X: a\rb")),
				changed("NUL in a value", MALFORMED, (head) -> more(head, "X: a\0b")),
				changed("NUL in a name", MALFORMED, (head) -> more(head, "X\0Y: a")),
				changed("space before the colon", ACCEPTED, (head) -> more(head, "X : a")),
				changed("no colon", MALFORMED, (head) -> more(head, "XYZ")),
				changed("empty name", MALFORMED, (head) -> more(head, ": a")),
				changed("folded value", ACCEPTED, (head) -> more(head, "X: a\r\n b")),
				raw("HTTP/2 preface", MALFORMED, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
				raw("HTTP/2 settings frame", MALFORMED, "\0\0\0\4\0\0\0\0\0"),
				raw("request instead of an answer", MALFORMED, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
				raw("SSH banner", MALFORMED, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
				raw("SMTP banner", MALFORMED, "220 mail ESMTP\r\n\r\n"),
				raw("TLS alert", MALFORMED, "\u0015\u0003\u0001\0\2\2\50"),
				raw("NUL bytes", MALFORMED, "\0".repeat(100)), raw("nothing", "IOException", ""),
				raw("line ends", "IOException", "\r\n".repeat(1000)),
				raw("half a status line", "IOException", "HTTP/1.1 101 Swi"),
				raw("half the headers", "IOException", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"));
	}

	private static List<WireCase> sizes() {
		return List.of(changed("8 MB of interim answers", ACCEPTED, (head) -> INTERIM.repeat(320_000) + head).asHeavy(),
				endless("endless interim answers", WireVictim.TIMEOUT, INTERIM, INTERIM.repeat(100)),
				WireCase.answer("answer: lone interim answer", WireVictim.TIMEOUT, (peer) -> {
					peer.readRequest();
					peer.raw(INTERIM.getBytes());
					peer.awaitEnd();
				}), endless("endless headers", "HTTP/1.1 101 A\r\n", "X-Header: aaaaaaaaaaaaaaaaaaaaaaaa\r\n"),
				endless("endless header value", "HTTP/1.1 101 A\r\nX: ", "a".repeat(1000)),
				endless("endless header name", "HTTP/1.1 101 A\r\n", "X".repeat(1000)),
				endless("endless folded value", "HTTP/1.1 101 A\r\nX: a\r\n", " a\r\n"),
				endless("endless status line", "HTTP/1.1 101 ", "a".repeat(1000)),
				endless("endless refusal", "HTTP/1.1 503 A\r\n", "X-Header: aaaaaaaaaaaaaaaaaaaaaaaa\r\n"),
				changed("10,000 headers", MALFORMED,
						(head) -> more(head, "X-Header: value\r\n".repeat(10_000).strip())),
				changed("800 headers", ACCEPTED, (head) -> more(head, "X-Header: value\r\n".repeat(800).strip())),
				WireCase.answer("message in the segment of the answer", WireCase.OPEN + 1,
						(peer) -> peer.raw(peer.switching().getBytes(), Peer.text("early"),
								Peer.text(WireCase.SENTINEL))),
				WireCase.answer("garbage in the segment of the answer", "by us 1002",
						(peer) -> peer.raw(peer.switching().getBytes(), "hello".getBytes())),
				WireCase
					.answer("32 MB in the segment of the answer", "by us 1009",
							(peer) -> peer.raw(peer.switching().getBytes(),
									new byte[] { (byte) 0x82, 127, 0, 0, 0, 0, 2, 0, 0, 0 }, new byte[1 << 25]))
					.asHeavy(),
				WireCase.answer("answer byte by byte", ACCEPTED, (peer) -> {
					for (byte one : peer.switching().getBytes()) {
						peer.raw(new byte[] { one });
					}
					peer.raw(Peer.text(WireCase.SENTINEL));
				}));
	}

	private static List<WireCase> refusals() {
		return List.of(
				refused("chunked refusal", "refused 503", "503 A", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello"),
				refused("chunk that lies", "refused 503", "503 A",
						"Transfer-Encoding: chunked\r\n\r\nffffffff\r\nhello"),
				refused("chunk of no number", "refused 503", "503 A", "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello"),
				refused("negative Content-Length", MALFORMED, "503 A", "Content-Length: -5\r\n\r\nhello"),
				refused("two Content-Lengths", MALFORMED, "503 A",
						"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
				refused("huge Content-Length", "refused 503", "503 A",
						"Content-Length: 9223372036854775807\r\n\r\nhello"),
				refused("Content-Length beyond 2^63", MALFORMED, "503 A",
						"Content-Length: 99999999999999999999\r\n\r\nhello"),
				refused("length and chunks", MALFORMED, "503 A",
						"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
				refused("status 999", "refused 999", "999 A", "\r\n"),
				refused("status 100 and the end", "IOException", "100 Continue", "\r\n"),
				refused("status 103 and the end", "IOException", "103 Early Hints", "\r\n"),
				refused("status 503 after a 100", "refused 503", "100 Continue", "\r\nHTTP/1.1 503 A\r\n\r\n"),
				refused("status 204", "refused 204", "204 A", "\r\n"),
				refused("redirect to elsewhere", "refused 302, FAILED", "302 A",
						"Location: http://127.0.0.1:1/\r\n\r\n"),
				refused("reason with escapes", "refused 503", "503 \u001b[31mred\u009b", "\r\n"),
				refused("Retry-After of no time", "refused 429", "429 A", "Retry-After: 0\r\n\r\n"),
				refused("Retry-After with escapes", MALFORMED, "429 A", "Retry-After: \u001b[31m7\r\n\r\n"),
				refused("negative Retry-After", "refused 429", "429 A", "Retry-After: -1\r\n\r\n"),
				refused("Retry-After of 300 years", "refused 429, next in PT5M", "429 A",
						"Retry-After: 9999999999\r\n\r\n"),
				refused("Retry-After beyond 2^63", "refused 429, next in PT5M", "429 A",
						"Retry-After: 99999999999999999999999\r\n\r\n"),
				refused("endless body", "refused 503", "503 A", "\r\n" + "x".repeat(1_000_000)));
	}

	private static List<WireCase> extensions() {
		List<WireCase> cases = new ArrayList<>();
		cases.add(extension("extension", "permessage-deflate"));
		for (String choice : new String[] { "x-unknown", "permessage-deflate; unknown",
				"permessage-deflate; client_max_window_bits=8", "permessage-deflate; server_max_window_bits=99",
				"permessage-deflate, permessage-deflate", "permessage-deflate; server_no_context_takeover=\u0001" }) {
			cases.add(extension("choice " + choice.replace("\u0001", "1"), choice).withCompression());
		}
		return cases;
	}

	private static WireCase extension(String name, String choice) {
		return changed("unasked " + name, choice.contains("\u0001") ? MALFORMED : "UNASKED_EXTENSION",
				(head) -> more(head, "Sec-WebSocket-Extensions: " + choice));
	}

	private static WireCase changed(String name, String expected, UnaryOperator<String> change) {
		return WireCase.answer("answer: " + name, expected, (peer) -> peer
			.raw(change.apply(peer.switching()).getBytes(StandardCharsets.ISO_8859_1), Peer.text(WireCase.SENTINEL)));
	}

	private static WireCase raw(String name, String expected, String answer) {
		return WireCase.answer("answer: " + name, expected, (peer) -> {
			peer.readRequest();
			peer.raw(answer.getBytes(StandardCharsets.ISO_8859_1));
			peer.socket().shutdownOutput();
		});
	}

	private static WireCase endless(String name, String start, String more) {
		return endless(name, MALFORMED, start, more);
	}

	private static WireCase endless(String name, String expected, String start, String more) {
		Script script = (peer) -> {
			peer.readRequest();
			peer.raw(start.getBytes(StandardCharsets.ISO_8859_1));
			while (true) {
				peer.raw(more.getBytes(StandardCharsets.ISO_8859_1));
			}
		};
		return WireCase.answer("answer: " + name, expected, script).asHeavy();
	}

	private static WireCase refused(String name, String expected, String status, String rest) {
		return WireCase.answer("refusal: " + name, expected, (peer) -> {
			peer.readRequest();
			peer.raw(("HTTP/1.1 " + status + "\r\n" + rest).getBytes(StandardCharsets.ISO_8859_1));
			peer.socket().shutdownOutput();
		});
	}

	private static String more(String head, String header) {
		return head.substring(0, head.length() - 2) + header + "\r\n\r\n";
	}

}
