package io.github.resilientws.store;

import java.util.Map;
import java.util.Set;

/**
 * What became of messages. Those that are in neither collection were acknowledged.
 *
 * @param unfinished ids of messages that are to be sent
 * @param failed failures by id
 * @since 0.1
 */
public record MessageProgress(Set<String> unfinished, Map<String, MessageFailure> failed) {

}
