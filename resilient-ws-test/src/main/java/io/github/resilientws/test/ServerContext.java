package io.github.resilientws.test;

import java.util.concurrent.ScheduledExecutorService;

/**
 * Objects that the connections of one server share.
 *
 * @param recording everything that the server received
 * @param plan answers to the next handshakes
 * @param replies rules for answers to messages
 * @param connections the live connections
 * @param timer runs delayed actions
 */
record ServerContext(Recording recording, HandshakeAnswers plan, ReplyRules replies, LiveConnections connections,
		ScheduledExecutorService timer) {

}
