package io.github.resilientws.sample.server;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How the demo server is.
 *
 * @param fault id of the fault in force, or {@code null}
 * @param until when it ends, or {@code null}
 */
public record DemoServerStatus(@Nullable String fault, @Nullable Instant until) {

}
