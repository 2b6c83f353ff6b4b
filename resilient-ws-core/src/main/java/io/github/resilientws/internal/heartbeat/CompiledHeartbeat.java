package io.github.resilientws.internal.heartbeat;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.settings.HeartbeatSettings;

/**
 * The compiled rules of a heartbeat. Immutable.
 *
 * @param settings the settings
 * @param send the text to send, or {@code null} unless the mode is {@code TEXT}
 * @param await recognises the answer to that text, or {@code null} if any input is an
 * answer
 */
public record CompiledHeartbeat(HeartbeatSettings settings, @Nullable Template send, @Nullable MessageMatcher await) {

}
