package io.github.resilientws.autoconfigure;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.GroupStatus;

/**
 * Which instance owns the line of a client, as far as this instance knows.
 *
 * @param election name of the election
 * @param owner name of the instance that owns the line, or {@code null} if that is not
 * known
 * @param ownerState state of the owner's client, or {@code null} if that is not known
 * @param fence number of the ownership of this instance, or {@code null} if it does not
 * own the line
 * @param since when this instance became the owner, or {@code null} if it does not own
 * the line
 * @param unownedSince since when it is known that the line has no owner, or that the
 * election does not work; otherwise {@code null}
 * @param problem why the election does not work, or {@code null} if it works
 * @param group the instances of the application, or {@code null} if the election does not
 * know them
 * @since 0.1
 */
public record LineStatus(String election, @Nullable String owner, @Nullable ConnectionState ownerState,
		@Nullable Long fence, @Nullable Instant since, @Nullable Instant unownedSince, @Nullable String problem,
		@Nullable GroupStatus group) {

}
