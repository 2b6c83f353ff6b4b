package io.github.resilientws.sample.server;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Status of the demo server.
 *
 * @param fault id of the present fault, or {@code null}
 * @param until end of the fault, or {@code null}
 * @param orders number of different work orders received
 * @param repeats number of repeated work orders, which were recognised
 */
public record DemoServerStatus(@Nullable String fault, @Nullable Instant until, long orders, long repeats) {

}
