package io.github.resilientws.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.resilientws.transport.RawServer.Peer;

/**
 * Payloads that are no text, close frames that must not be sent, and JSON against those
 * who read it.
 */
final class PayloadWireCases {

	private static final String NOT_TEXT = "by us 1007";

	private PayloadWireCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		texts().stream().map(WireCase::asHeavy).forEach(cases::add);
		closes().stream().map(WireCase::asHeavy).forEach(cases::add);
		cases.addAll(json());
		return cases;
	}

	private static List<WireCase> texts() {
		Map<String, String> invalid = new TreeMap<>();
		invalid.put("continuation byte alone", "80");
		invalid.put("two bytes for a slash", "c0af");
		invalid.put("two bytes for an A", "c181");
		invalid.put("three bytes for a slash", "e080af");
		invalid.put("four bytes for a slash", "f08080af");
		invalid.put("high surrogate", "eda080");
		invalid.put("low surrogate", "edbfbf");
		invalid.put("surrogate pair", "eda0bdedb880");
		invalid.put("code point 0x110000", "f4908080");
		invalid.put("first byte f5", "f5808080");
		invalid.put("first byte f8", "f888808080");
		invalid.put("byte fe", "fe");
		invalid.put("byte ff", "ff");
		invalid.put("second byte missing", "c328");
		invalid.put("end after one of two bytes", "68c3");
		invalid.put("end after two of three bytes", "68e282");
		invalid.put("end after three of four bytes", "68f09f98");
		invalid.put("Latin-1", "fcbcc4");
		invalid.put("UTF-16", "fffe6800");
		List<WireCase> cases = new ArrayList<>();
		invalid.forEach(
				(name, bytes) -> cases.add(WireCase.frames("text: " + name, NOT_TEXT, Peer.frame(0x81, hex(bytes)))));
		cases.add(WireCase.frames("text: invalid far behind", NOT_TEXT,
				Peer.frame(0x81, ("a".repeat(5000) + "\u00ff").getBytes(StandardCharsets.ISO_8859_1))));
		cases.add(WireCase.frames("text: invalid across fragments", NOT_TEXT, hex("0101e2"), hex("800128")));
		cases.add(WireCase.frames("text: fragments end in a character", NOT_TEXT, hex("0101e2"), hex("800182")));
		cases.add(WireCase.frames("text: overlong across fragments", NOT_TEXT, hex("0101c0"), hex("0000"),
				hex("8001af")));
		cases.add(WireCase.frames("text: valid across fragments", WireCase.OPEN + 1, hex("0101e2"), hex("000182"),
				hex("8001ac")));
		cases.add(WireCase.frames("text: replacement character", WireCase.OPEN + 1, Peer.frame(0x81, hex("efbfbd"))));
		cases.add(WireCase.frames("text: byte order mark", WireCase.OPEN + 1, Peer.frame(0x81, hex("efbbbf"))));
		cases.add(WireCase.frames("text: no character U+FFFF", WireCase.OPEN + 1, Peer.frame(0x81, hex("efbfbf"))));
		cases.add(WireCase.frames("text: NUL, CR, LF, ESC", WireCase.OPEN + 1, Peer.text("\0\r\n\u001b[2J")));
		cases.add(WireCase.frames("binary is not text", WireCase.OPEN + 1, Peer.frame(0x82, hex("ff"))));
		return cases;
	}

	private static List<WireCase> closes() {
		List<WireCase> cases = new ArrayList<>();
		for (int code : new int[] { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535 }) {
			cases.add(WireCase.frames("close code " + code, "by us 1002", Peer.close(code, "")));
		}
		for (int code : new int[] { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000,
				4999 }) {
			cases.add(WireCase.frames("close code " + code, "by peer " + code, Peer.close(code, "")));
		}
		cases.add(WireCase.frames("close without code", "by peer 1005", hex("8800")));
		cases.add(WireCase.frames("close of one byte", "by us 1002", hex("880103")));
		cases.add(WireCase.frames("close reason that is not UTF-8", NOT_TEXT, hex("880403e8c328")));
		cases.add(WireCase.frames("close reason that ends in a character", NOT_TEXT, hex("880403e8e282")));
		cases.add(WireCase.frames("close reason of a surrogate", NOT_TEXT, hex("880503e8eda080")));
		cases.add(WireCase.frames("close reason of two lines", "by peer 4000",
				Peer.close(4000, "bye\r\n2026-01-01 INFO [victim] CONNECTING -> READY")));
		cases.add(WireCase.frames("close reason with escapes", "by peer 4000",
				Peer.close(4000, "\u001b[2J\u001b[31mred\u009b\u0000\b\u2028\u202e\u0085")));
		cases.add(WireCase.frames("close reason of 123 bytes", "by peer 4000", Peer.close(4000, "x".repeat(123))));
		cases.add(WireCase.frames("two close frames", "by peer 1000", Peer.close(1000, ""), Peer.close(1001, "")));
		cases.add(WireCase.frames("message after the close frame", "by peer 1001", Peer.close(1001, ""),
				Peer.text("late")));
		cases
			.add(WireCase.frames("violation after the close frame", "by peer 1001", Peer.close(1001, ""), hex("8300")));
		return cases;
	}

	private static List<WireCase> json() {
		String digits = "7".repeat(100_000);
		Map<String, String> hostile = new TreeMap<>();
		hostile.put("50,000 arrays deep", "[".repeat(50_000) + "]".repeat(50_000));
		hostile.put("50,000 objects deep", "{\"type\":".repeat(50_000) + "1" + "}".repeat(50_000));
		hostile.put("50,000 deep in a pointer", "{\"pong\":[{\"id\":" + "[".repeat(50_000));
		hostile.put("number of 100,000 digits", "{\"type\":" + digits + "}");
		hostile.put("fraction of 100,000 digits", "{\"type\":0." + digits + "}");
		hostile.put("huge exponent", "{\"type\":1e" + digits + "}");
		hostile.put("duplicate names", "{\"type\":\"no\",\"type\":\"ask\",\"type\":\"PONG\"}");
		hostile.put("lone surrogate", "{\"type\":\"\\ud800\",\"\\udfff\":1}");
		hostile.put("string of 1 MB", "{\"type\":\"" + "x".repeat(1_000_000) + "\"}");
		hostile.put("name of 1 MB", "{\"" + "x".repeat(1_000_000) + "\":1}");
		hostile.put("100,000 names", names());
		hostile.put("invalid escape", "{\"type\":\"\\x41\"}");
		hostile.put("cut in an escape", "{\"type\":\"\\u00");
		hostile.put("NaN", "{\"type\":NaN,\"pong\":[{\"id\":-Infinity}]}");
		hostile.put("line end in a string", "{\"type\":\"a\r\nask\"}");
		hostile.put("id of two lines", "{\"type\":\"id\",\"id\":\"1\\r\\n[victim] forged\\u001b[31m\"}");
		hostile.put("comment", "/**/{\"type\":\"ask\"}");
		hostile.put("no end", "{\"type\":\"ask\"".replace("ask", "as"));
		hostile.put("two values", "{\"type\":\"no\"}{\"type\":\"ask\"}");
		hostile.put("nothing but spaces", " ".repeat(500_000));
		List<WireCase> cases = new ArrayList<>();
		hostile.forEach((name, text) -> cases.add(json(name, text)));
		return cases;
	}

	private static WireCase json(String name, String text) {
		return new WireCase("JSON: " + name, (peer) -> {
			peer.accept();
			peer.raw(Peer.text(text), Peer.text("{\"type\":\"ask\"}"));
			if (peer.read().text().equals("{\"type\":\"answer\"}")) {
				peer.raw(Peer.text(WireCase.SENTINEL));
			}
		}, WireCase.OPEN + 1, false, name.contains("deep") || name.contains("digits"));
	}

	private static String names() {
		StringBuilder json = new StringBuilder("{");
		for (int i = 0; i < 100_000; i++) {
			json.append("\"name").append(i).append("\":0,");
		}
		return json.append("\"type\":\"no\"}").toString();
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex);
	}

}
