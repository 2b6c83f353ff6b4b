package io.github.resilientws.internal.session;

import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

import io.github.resilientws.internal.election.Line;
import io.github.resilientws.protocol.MessageRulesRegistry;

/**
 * The objects that the sessions of one client share.
 *
 * @param rules returns the current rules
 * @param messageRules the matchers and locators of the client and its listeners
 * @param state state of the session, over reconnects
 * @param spread returns a random part of a duration in nanoseconds, or all of it without
 * jitter
 * @param line line of the client
 */
public record SessionContext(Supplier<ProtocolRules> rules, MessageRulesRegistry messageRules, SessionState state,
		LongUnaryOperator spread, Line line) {

}
