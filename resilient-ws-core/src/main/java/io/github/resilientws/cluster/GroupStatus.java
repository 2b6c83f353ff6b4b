package io.github.resilientws.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The instances of an application that share lines, as far as this one knows.
 *
 * @param group name of the group
 * @param instance name of this instance
 * @param lines number of lines that this instance owns
 * @param instances number of instances that were alive when this one looked last, or
 * {@code null} if it has not looked yet
 * @since 0.1
 */
public record GroupStatus(String group, String instance, int lines, @Nullable Integer instances) {

}
