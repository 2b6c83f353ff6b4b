package io.github.resilientws.internal.session;

import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * The objects that the sessions of one client share.
 *
 * @param rules returns the current rules
 * @param state state of the session, over reconnects
 * @param spread returns a random part of a duration in nanoseconds, or all of it without
 * jitter
 */
public record SessionContext(Supplier<ProtocolRules> rules, SessionState state, LongUnaryOperator spread) {

}
