package io.github.resilientws.test;

import java.util.concurrent.ScheduledExecutorService;

/**
 * What the connections of one server share.
 *
 * @param recording what the server saw
 * @param plan what happens to the next handshakes
 * @param replies what is answered to messages
 * @param connections the connections
 * @param timer for what happens later
 */
record ServerContext(Recording recording, HandshakePlan plan, Replies replies, Connections connections,
		ScheduledExecutorService timer) {

}
