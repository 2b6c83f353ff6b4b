package io.github.resilientws.sample.server;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How the demo server is.
 *
 * @param fault id of the fault in force, or {@code null}
 * @param until when it ends, or {@code null}
 * @param orders work orders taken
 * @param repeats work orders that came again and were recognised
 */
public record DemoServerStatus(@Nullable String fault, @Nullable Instant until, long orders, long repeats) {

}
