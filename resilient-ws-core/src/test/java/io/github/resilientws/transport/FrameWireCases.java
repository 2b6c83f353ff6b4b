package io.github.resilientws.transport;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.github.resilientws.test.internal.Deflate;
import io.github.resilientws.transport.RawServer.Peer;

/**
 * Frames that lie, break rules or come in floods.
 */
final class FrameWireCases {

	private static final String BROKEN = "by us 1002";

	private static final String TOO_LARGE = "by us 1009";

	private static final String NO_MESSAGE = WireCase.OPEN + 0;

	private static final String ONE_MESSAGE = WireCase.OPEN + 1;

	private static final int MAX = 8 * 1024 * 1024;

	private FrameWireCases() {
	}

	static List<WireCase> all() {
		List<WireCase> cases = new ArrayList<>();
		lengths().stream().map(WireCase::asHeavy).forEach(cases::add);
		cases.addAll(reserved());
		cases.addAll(masked());
		cases.addAll(control());
		cases.addAll(fragments());
		cases.addAll(floods());
		cases.addAll(compression());
		return cases;
	}

	private static List<WireCase> lengths() {
		return List.of(WireCase.frames("16-bit length of 5", BROKEN, hex("817e0005 68656c6c6f")),
				WireCase.frames("16-bit length of 125", BROKEN, hex("817e007d"), new byte[125]),
				WireCase.frames("64-bit length of 5", BROKEN, hex("817f0000000000000005 68656c6c6f")),
				WireCase.frames("64-bit length of 65535", BROKEN, hex("817f000000000000ffff"), new byte[65535]),
				WireCase.frames("length beyond 2^63", BROKEN, hex("817f8000000000000000")),
				WireCase.frames("length of all ones", BROKEN, hex("827fffffffffffffffff")),
				WireCase.frames("length of 2^63 - 1", TOO_LARGE, hex("827f7fffffffffffffff")),
				WireCase.frames("length of 4 GB and 5", TOO_LARGE, hex("817f0000000100000005 68656c6c6f")),
				WireCase.frames("length of 2^31", TOO_LARGE, hex("827f0000000080000000")),
				WireCase.frames("length of 2^31 - 1", TOO_LARGE, hex("827f000000007fffffff")),
				WireCase.frames("length one beyond the limit", TOO_LARGE, hex("827f0000000000800001")),
				WireCase.frames("first fragment beyond the limit", TOO_LARGE, hex("027f0000000000800001")),
				WireCase.frames("16-bit length of 126", ONE_MESSAGE, hex("827e007e"), new byte[126]),
				WireCase.frames("64-bit length of 65536", ONE_MESSAGE, hex("827f0000000000010000"), new byte[65536]),
				WireCase.frames("empty text", ONE_MESSAGE, hex("8100")),
				WireCase.frames("empty binary", ONE_MESSAGE, hex("8200")),
				ending("end in the first byte of a header", hex("81")), ending("end in a 16-bit length", hex("817e00")),
				ending("end in a 64-bit length", hex("817f000000")), ending("end in a payload", hex("8105 6865")),
				ending("8 MB announced, 5 bytes sent", hex("827f0000000000800000 68656c6c6f")),
				ending("end between two fragments", hex("010161")));
	}

	private static WireCase ending(String name, byte[] frame) {
		return WireCase.answer(name, "by peer 1006", (peer) -> {
			peer.accept();
			peer.raw(frame);
			peer.socket().shutdownOutput();
		});
	}

	private static List<WireCase> reserved() {
		List<WireCase> cases = new ArrayList<>();
		for (int opcode : new int[] { 0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF }) {
			cases.add(WireCase.frames("opcode " + opcode, BROKEN, Peer.frame(0x80 | opcode, new byte[] { 'a' })));
		}
		for (int rsv = 1; rsv < 8; rsv++) {
			cases.add(WireCase.frames("reserved bits " + rsv, BROKEN, Peer.frame(0x81 | rsv << 4, new byte[] { 'a' })));
		}
		cases.add(WireCase.frames("reserved bit of a ping", BROKEN, hex("a900")));
		cases.add(WireCase.frames("reserved bit of a pong", BROKEN, hex("ca00")));
		cases.add(WireCase.frames("reserved bit of a close", BROKEN, hex("c80203e8")));
		cases.add(WireCase.frames("reserved bit of a continuation", BROKEN, hex("010161 c00162")));
		return cases;
	}

	private static List<WireCase> masked() {
		return List.of(WireCase.frames("masked text", BROKEN, hex("8181 01020304 60")),
				WireCase.frames("masked empty text", BROKEN, hex("8180 01020304")),
				WireCase.frames("masked binary", BROKEN, hex("8281 00000000 61")),
				WireCase.frames("masked ping", BROKEN, hex("8980 01020304")),
				WireCase.frames("masked close", BROKEN, hex("8882 01020304 02ea")));
	}

	private static List<WireCase> control() {
		return List.of(WireCase.frames("fragmented ping", BROKEN, hex("0900 8000")),
				WireCase.frames("fragmented pong", BROKEN, hex("0a00 8000")),
				WireCase.frames("fragmented close", BROKEN, hex("0800 8000")),
				WireCase.frames("ping of 126 bytes", BROKEN, hex("897e007e"), new byte[126]),
				WireCase.frames("pong of 126 bytes", BROKEN, hex("8a7e007e"), new byte[126]),
				WireCase.frames("close of 126 bytes", BROKEN, hex("887e007e 03e8"), new byte[124]),
				WireCase.frames("ping of 2^62 bytes", BROKEN, hex("897f4000000000000000")),
				WireCase.frames("ping of 125 bytes", NO_MESSAGE, Peer.frame(0x89, new byte[125])),
				WireCase.frames("unasked pong", NO_MESSAGE, Peer.frame(0x8A, "unasked".getBytes())),
				WireCase.frames("pong that looks like a beat", NO_MESSAGE, Peer.frame(0x8A, new byte[8])),
				WireCase.frames("close in a fragmented message", "by peer 1000", hex("010161"), Peer.close(1000, "")),
				WireCase.frames("ping in a fragmented message", ONE_MESSAGE, hex("010161 890161 800162")));
	}

	private static List<WireCase> fragments() {
		return List.of(WireCase.frames("last continuation of nothing", BROKEN, hex("800161")),
				WireCase.frames("continuation of nothing", BROKEN, hex("000161")),
				WireCase.frames("continuation after the last", BROKEN, hex("010161 800162 800163")),
				WireCase.frames("text in a fragmented text", BROKEN, hex("010161 810162")),
				WireCase.frames("binary in a fragmented text", BROKEN, hex("010161 820162")),
				WireCase.frames("two first fragments", BROKEN, hex("010161 010162")),
				WireCase.frames("empty fragments", ONE_MESSAGE, hex("0100 0000 8000")),
				WireCase
					.frames("2,000 fragments", ONE_MESSAGE, hex("010161"), repeat(2000, hex("000161")), hex("800161"))
					.asHeavy(),
				WireCase.stream("1,000,000 empty fragments", ONE_MESSAGE, (peer) -> {
					peer.raw(hex("0100"));
					byte[] thousand = repeat(1000, hex("0000"));
					for (int i = 0; i < 1000; i++) {
						peer.raw(thousand);
					}
					peer.raw(hex("8000"));
				}), WireCase.stream("8 MB in fragments of 16 bytes", ONE_MESSAGE, (peer) -> {
					peer.raw(hex("0200"));
					byte[] some = repeat(1024, Peer.frame(0, new byte[16]));
					for (int i = 0; i < MAX / 16 / 1024; i++) {
						peer.raw(some);
					}
					peer.raw(hex("8000"));
				}), WireCase.stream("8 MB and one byte in fragments", TOO_LARGE, (peer) -> {
					peer.raw(hex("0200"));
					for (int i = 0; i < MAX / 65536; i++) {
						peer.raw(Peer.frame(0, new byte[65536]));
					}
					peer.raw(Peer.frame(0x80, new byte[1]));
				}), WireCase.stream("endless fragments", TOO_LARGE, (peer) -> {
					peer.raw(hex("0100"));
					while (true) {
						peer.raw(Peer.frame(0, new byte[10_000]));
					}
				}));
	}

	private static List<WireCase> floods() {
		return List.of(WireCase.stream("32 MB in one frame", TOO_LARGE, (peer) -> {
			peer.raw(hex("817f0000000002000000"));
			for (int i = 0; i < 512; i++) {
				peer.raw(new byte[65536]);
			}
		}), WireCase.stream("8 MB of text, five times", WireCase.OPEN + 5, (peer) -> {
			byte[] message = Peer.frame(0x81, "x".repeat(MAX).getBytes());
			for (int i = 0; i < 5; i++) {
				peer.raw(message);
			}
		}), WireCase.stream("200,000 pings, no pong read", NO_MESSAGE, (peer) -> {
			byte[] pings = repeat(1000, Peer.frame(0x89, new byte[125]));
			for (int i = 0; i < 200; i++) {
				peer.raw(pings);
			}
		}), WireCase.stream("200,000 pongs", NO_MESSAGE, (peer) -> {
			byte[] pongs = repeat(1000, Peer.frame(0x8A, new byte[125]));
			for (int i = 0; i < 200; i++) {
				peer.raw(pongs);
			}
		}), WireCase.stream("20,000 questions, no answer read", NO_MESSAGE, (peer) -> {
			byte[] questions = repeat(1000, Peer.text("{\"type\":\"ask\"}"));
			for (int i = 0; i < 20; i++) {
				peer.raw(questions);
			}
		}), WireCase.stream("100,000 empty messages", WireCase.OPEN + 100_000, (peer) -> {
			byte[] messages = repeat(1000, hex("8200"));
			for (int i = 0; i < 100; i++) {
				peer.raw(messages);
			}
		}), WireCase.stream("endless garbage after a violation", BROKEN, (peer) -> {
			peer.raw(hex("83ff"));
			while (true) {
				peer.raw(new byte[65536]);
			}
		}));
	}

	private static List<WireCase> compression() {
		byte[] hello = hex("f248cdc9c90700");
		return List.of(WireCase.compressed("deflated text", ONE_MESSAGE, Peer.frame(0xC1, hello)),
				WireCase.compressed("text that is not deflated", ONE_MESSAGE, Peer.text("plain")),
				WireCase.compressed("deflated text of no bytes", ONE_MESSAGE, hex("c100")),
				WireCase.compressed("deflate bomb of 64 MB", TOO_LARGE, Peer.frame(0xC2, DeflateBomb.of(64L << 20)))
					.asHeavy(),
				WireCase
					.compressed("deflate bomb in fragments", TOO_LARGE, hex("4200"),
							Peer.frame(0x80, DeflateBomb.of(64L << 20)))
					.asHeavy(),
				WireCase.compressed("bomb of stored blocks", TOO_LARGE, hex("4200"),
						repeat(257, Peer.frame(0, concat(hex("00ff7f0080"), new byte[32767]))))
					.asHeavy(),
				WireCase.compressed("text that is no deflate stream", "by us 1007",
						Peer.frame(0xC1, "garbage".getBytes())),
				WireCase.compressed("reserved block type", "by us 1007", hex("c10107")),
				WireCase.compressed("stored block that lies about its length", "by us 1007", hex("c106 000500000061")),
				WireCase.compressed("distance beyond the beginning", "by us 1007", hex("c105 f200110000")),
				WireCase.compressed("10,000 final blocks", "by us 1007", Peer.frame(0xC1, repeat(10_000, hex("0300")))),
				WireCase.compressed("inflated text that is not UTF-8", "by us 1007",
						Peer.frame(0xC1, Deflate.deflate(new byte[] { (byte) 0xFF }))),
				WireCase.compressed("deflated continuation", BROKEN, hex("010161 c00162")),
				WireCase.compressed("deflated ping", BROKEN, hex("c900")),
				WireCase.compressed("deflated close", BROKEN, hex("c80203e8")),
				WireCase.compressed("second reserved bit", BROKEN, hex("a10161")),
				WireCase.compressed("third reserved bit", BROKEN, hex("d10161")),
				WireCase.compressed("deflated message beyond the limit", TOO_LARGE, hex("c27f0000000001000000")));
	}

	private static byte[] repeat(int times, byte[] bytes) {
		byte[] result = new byte[times * bytes.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = bytes[i % bytes.length];
		}
		return result;
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] result = java.util.Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, result, first.length, second.length);
		return result;
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

}
