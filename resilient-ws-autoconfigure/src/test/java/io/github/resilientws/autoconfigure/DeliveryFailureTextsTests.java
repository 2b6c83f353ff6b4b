package io.github.resilientws.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user reads who configured delivery or the store in a wrong way.
 */
class DeliveryFailureTextsTests {

	static Stream<Arguments> wrongSettings() {
		return Stream.of(
				// delivery
				wrong("delivery: { guarantee: exactly-once }", "delivery.guarantee", "exactly-once",
						"one of at-most-once, at-least-once"),
				wrong("delivery: { id-type: snowflake }", "delivery.id-type", "snowflake", "one of uuid, sequence"),
				wrong("delivery: { ack-timeout: soon }", "delivery.ack-timeout", "soon", "a duration with a unit"),
				wrong("delivery: { ack-timeout: 5 }", "delivery.ack-timeout", "5ms", "is the unit missing?"),
				wrong("delivery: { ack-timeout: 0 }", "delivery.ack-timeout", "0", "0 is not allowed"),
				wrong("delivery: { ack-timeout: -5s }", "delivery.ack-timeout", "-5s", "must not be negative"),
				wrong("delivery: { max-attempts: 0 }", "delivery.max-attempts", "0", "at least 1"),
				wrong("delivery: { max-attempts: -1 }", "delivery.max-attempts", "-1", "at least 1"),
				wrong("delivery: { max-attempts: three }", "delivery.max-attempts", "three", "a whole number"),
				wrong("delivery: { window: 0 }", "delivery.window", "0", "between 1 and 65536"),
				wrong("delivery: { window: 70000 }", "delivery.window", "70000", "between 1 and 65536"),
				wrong("delivery: { window: 2147483648 }", "delivery.window", "2147483648", "up to 2147483647"),
				wrong("delivery: { ack: { id: '' } }", "delivery.ack.id", "", "must not be empty; allowed is a JSON"),
				wrong("delivery: { ack: { id: ' ' } }", "delivery.ack.id", "", "must not be empty"),
				wrong("delivery: { nack: { id: '' } }", "delivery.nack.id", "", "must not be empty"),
				wrong("delivery: { nack: { reason: '' } }", "delivery.nack.reason", "", "must not be empty"),
				wrong("delivery: { nack: { reason: /reason } }", "delivery.nack.reason", "/reason",
						"is only used with delivery.nack.when or delivery.nack.id"),
				wrong("delivery: { id: '' }", "delivery.id", "", "must not be empty"),
				wrong("delivery: { ack: { when: '/a &&' } }", "delivery.ack.when", "/a &&", "something must follow"),
				wrong("delivery: { ack: { when: '~(' } }", "delivery.ack.when", "~(", "not a regular expression"),
				wrong("delivery: { ack: { id: messageId } }", "delivery.ack.id", "messageId", "must"),
				wrong("delivery: { ack: { id: '~ack' } }", "delivery.ack.id", "~ack", "group"),
				wrong("delivery: { nack: { when: '/a~2' } }", "delivery.nack.when", "/a~2", "~ must be followed by 0"),
				wrong("delivery: { nack: { id: id } }", "delivery.nack.id", "id", "must"),
				wrong("delivery: { nack: { id: /id, reason: why } }", "delivery.nack.reason", "why", "must"),
				wrong("delivery: { id: key }", "delivery.id", "key", "must"),
				wrong("delivery: { guarantee: at-least-once, envelope: '{{id}}{{payload}}{{tokn}}' }",
						"delivery.envelope", "", "unknown name, allowed are"),
				wrong("delivery: { envelope: '{{id}}{{payload}}{{' }", "delivery.envelope", "", "{{ without }}"),
				wrong("delivery: { guarantee: at-least-once, envelope: '' }", "delivery.envelope", "",
						"must contain {{id}}"),
				wrong("delivery: { envelope: '{\"id\":{{id}}}' }", "delivery.envelope", "",
						"must contain {{payload}}; payloads with an id of their own need no envelope"),
				wrong("delivery: { guarantee: at-least-once, envelope: '{{payload}}' }", "delivery.envelope", "",
						"must contain {{id}}"),
				// store
				wrong("queue: { store: redis }", "queue.store", "redis",
						"must be one of memory, file, jdbc; for another store declare a bean of type OutboxStoreFactory"),
				wrong("queue: { store: '' }", "queue.store", "", "must be one of memory, file"),
				wrong("queue: { store: file }", "queue.store", "file", "needs delivery.guarantee at-least-once"),
				wrong("queue: { store: FILE }", "queue.store", "file", "needs delivery.guarantee at-least-once"),
				wrong("queue: { directory: '' }", "queue.directory", "", "must not be empty; allowed is a directory"),
				wrong("queue: { directory: \"a\\0b\" }", "queue.directory", "a?b", "is not a path of this file system"),
				wrong("queue: { directory: '${NOWHERE}/outbox' }", "queue.directory", "${NOWHERE}/outbox",
						"holds a ${placeholder} that no property resolves"),
				wrong("queue: { sync: daily }", "queue.sync", "daily", "one of always, interval, never"),
				wrong("queue: { sync: 10ms }", "queue.sync", "10ms", "one of always, interval, never"),
				wrong("queue: { sync-interval: 0 }", "queue.sync-interval", "0", "allowed is 1ms to 1m"),
				wrong("queue: { sync-interval: -1s }", "queue.sync-interval", "-1s", "allowed is 1ms to 1m"),
				wrong("queue: { sync-interval: 2m }", "queue.sync-interval", "2m", "allowed is 1ms to 1m"),
				wrong("queue: { sync-interval: often }", "queue.sync-interval", "often", "a duration with a unit"));
	}

	private static Arguments wrong(String yaml, String key, String value, String reason) {
		return Arguments.of(yaml, key, value, reason);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongSettings")
	void wrongSettingIsNamedWithValueAndWhatIsAllowed(String yaml, String key, String value, String reason) {
		Failures.assertNamesSetting(yaml, key, value, reason);
	}

	static Stream<Arguments> wrongFiles() {
		return Stream.of(Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', deliver: { window: 1 } } } }",
				"'resilient-ws.clients.chat.deliver.window' is unknown; did you mean 'resilient-ws.clients.chat.delivery'?"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { guarante: x } } } }",
						"did you mean 'resilient-ws.clients.chat.delivery.guarantee'?"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { ack: { pointer: x } } } } }",
						"'resilient-ws.clients.chat.delivery.ack.pointer' is unknown; known keys here: when, id"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', ack-timeout: 1s } } }",
						"did you mean 'resilient-ws.clients.chat.delivery.ack-timeout'?"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', queue: { path: x } } } }",
						"'resilient-ws.clients.chat.queue.path' is unknown; known keys here: capacity, max-bytes, overflow, block-timeout, ttl, store, directory, sync, sync-interval, poll-interval, store-timeout"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', delivery: at-least-once } } }",
						"'resilient-ws.clients.chat.delivery' is not a value but a group of settings"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { ack: /id } } } }",
						"'resilient-ws.clients.chat.delivery.ack' is not a value but a group of settings"),
				Arguments.of(
						"resilient-ws: { defaults: { queue: { sync: sometimes } }, clients: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.defaults.queue.sync' is not valid"),
				Arguments.of(
						"resilient-ws: { defaults: { queue: { store: file } }, clients: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.defaults.queue.store' is not valid:\n\n    Value:  file"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { guarantee: at-least-once }, queue: { store: file } } } }",
						"'resilient-ws.clients.chat.queue.directory' is not valid:\n\n    Reason: is missing; queue.store file needs a directory"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { ack: { when: { type: ack } } } } } }",
						"'resilient-ws.clients.chat.delivery.ack.when' is a text, but YAML read it as a map or list: put it in single quotes"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { nack: { when: [ x ] } } } } }",
						"'resilient-ws.clients.chat.delivery.nack.when' is one matcher, but YAML read it as a list: join several by && or ||"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { envelope: {\"id\":{{id}},\"data\":{{payload}}} } } } }",
						"'resilient-ws.clients.chat.delivery.envelope' is a text, but YAML read it as a map or list: put it in single quotes"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongFiles")
	void wrongFileIsDescribed(String yaml, String description) {
		Failures.assertDescribes(yaml, description);
	}

	@Test
	void missingSettingIsToBeSet() {
		String client = "resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { guarantee: at-least-once }, queue: { store: file%s } } } }";
		assertThat(Failures.analyze(client.formatted("")).getAction())
			.isEqualTo("Set 'resilient-ws.clients.chat.queue.directory'.");
		assertThat(Failures.analyze(client.formatted(", directory: ''")).getAction())
			.isEqualTo("Correct the value of 'resilient-ws.clients.chat.queue.directory'.");
	}

}
