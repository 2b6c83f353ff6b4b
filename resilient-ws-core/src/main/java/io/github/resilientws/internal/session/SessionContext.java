package io.github.resilientws.internal.session;

import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * The objects that the sessions of one client share.
 *
 * @param rules returns the current rules
 * @param memory what the server has told
 * @param spread returns a random part of a duration in nanoseconds, or all of it without
 * jitter
 */
public record SessionContext(Supplier<ProtocolRules> rules, SessionMemory memory, LongUnaryOperator spread) {

}
