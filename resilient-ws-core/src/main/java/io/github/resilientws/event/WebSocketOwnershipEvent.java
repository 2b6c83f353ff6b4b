package io.github.resilientws.event;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OwnershipChange;

/**
 * This instance gained, handed over or lost the line of a client
 * ({@code cluster.mode: one}).
 *
 * @since 0.1
 */
public class WebSocketOwnershipEvent extends WebSocketClientEvent {

	private final OwnershipChange change;

	private final long fence;

	private final @Nullable String reason;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param change what happened
	 * @param fence number of the ownership; 0 if the election has none
	 * @param reason why the line was lost, or {@code null}
	 */
	public WebSocketOwnershipEvent(String clientName, OwnershipChange change, long fence, @Nullable String reason) {
		super(clientName);
		this.change = change;
		this.fence = fence;
		this.reason = reason;
	}

	/**
	 * Return whether this instance owns the line now.
	 * @return whether it does
	 */
	public boolean isOwner() {
		return this.change == OwnershipChange.ACQUIRED;
	}

	/**
	 * Return the number of the ownership that began or ended.
	 * @return a number that is greater than those of earlier owners; 0 if the election
	 * has none
	 */
	public long getFence() {
		return this.fence;
	}

	/**
	 * Return what happened.
	 * @return what happened
	 */
	public OwnershipChange getChange() {
		return this.change;
	}

	/**
	 * Return why the line was lost.
	 * @return a few words, such as {@code no beat for 9 s}; {@code null} if it was not
	 * lost, or the election does not say
	 */
	public @Nullable String getReason() {
		return this.reason;
	}

}
