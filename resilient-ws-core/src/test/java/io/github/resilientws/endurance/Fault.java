package io.github.resilientws.endurance;

import java.time.Duration;
import java.util.Collections;
import java.util.random.RandomGenerator;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

/**
 * What may happen to a client at any moment. Each passes by itself: the connection is
 * replaced, or the server comes back.
 */
enum Fault {

	RESET {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().reset();
		}
	},

	FIN {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().fin();
		}
	},

	HALF_CLOSE {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().halfClose();
		}
	},

	CLOSE_CODE {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().close(CODES[random.nextInt(CODES.length)], "chaos");
		}
	},

	SILENT {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().goSilent();
		}
	},

	STOP_READING {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().stopReading();
		}
	},

	LATE_PONGS {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().delayPongs(millis(random, 600));
		}
	},

	REFUSE {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.next(1 + random.nextInt(3)).refuse(STATUSES[random.nextInt(STATUSES.length)]);
			server.open().reset();
		}
	},

	HANG {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.once().hang();
			server.open().fin();
		}
	},

	SLOW {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.once().acceptAfter(millis(random, 1500));
			server.open().fin();
		}
	},

	GARBAGE {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.once().garbage();
			server.open().reset();
		}
	},

	RESET_ON_ACCEPT {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.next(1 + random.nextInt(3)).resetOnAccept();
			server.open().reset();
		}
	},

	CLOSE_AFTER_ACCEPT {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.once().acceptThenClose(1001, Duration.ZERO);
			server.open().fin();
		}
	},

	BROKEN_FRAME {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			byte[] bytes = new byte[2 + random.nextInt(200)];
			random.nextBytes(bytes);
			bytes[0] |= 0x70;
			server.open().sendRaw(bytes);
		}
	},

	FLOOD {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.open().push(Collections.nCopies(5000, "flood"));
		}
	},

	DOWN {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			server.stop();
		}

		@Override
		void end(TestWebSocketServer server, ResilientWebSocketClient client) {
			server.restart();
		}
	},

	RECONNECT {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			client.reconnect();
		}
	},

	SUSPEND {
		@Override
		void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random) {
			client.suspend();
		}

		@Override
		void end(TestWebSocketServer server, ResilientWebSocketClient client) {
			client.resume();
		}
	};

	private static final int[] CODES = { 1000, 1001, 1002, 1008, 1011, 1012, 1013, 3000, 4000, 4401 };

	private static final int[] STATUSES = { 404, 408, 429, 500, 502, 503 };

	abstract void strike(TestWebSocketServer server, ResilientWebSocketClient client, RandomGenerator random);

	/**
	 * Undo what does not pass by itself.
	 * @param server the server
	 * @param client the client
	 */
	void end(TestWebSocketServer server, ResilientWebSocketClient client) {
	}

	private static Duration millis(RandomGenerator random, int bound) {
		return Duration.ofMillis(random.nextInt(bound));
	}

}
