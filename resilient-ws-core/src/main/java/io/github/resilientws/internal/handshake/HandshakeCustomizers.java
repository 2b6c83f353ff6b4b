package io.github.resilientws.internal.handshake;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.internal.execution.CustomizerThreads;
import io.github.resilientws.internal.persistence.StoreLifecycle;

/**
 * Calls the customizers of a client, on threads that may block, after its store was read.
 */
public final class HandshakeCustomizers {

	private final List<HandshakeCustomizer> customizers;

	private final CustomizerThreads threads;

	private final StoreLifecycle store;

	/**
	 * Create the calls.
	 * @param customizers the customizers, called in this order
	 * @param threads threads that may block
	 * @param store the store of the client
	 */
	public HandshakeCustomizers(List<HandshakeCustomizer> customizers, CustomizerThreads threads,
			StoreLifecycle store) {
		this.customizers = List.copyOf(customizers);
		this.threads = threads;
		this.store = store;
	}

	public boolean isEmpty() {
		return this.customizers.isEmpty();
	}

	/**
	 * Return whether an attempt has to wait for a call.
	 * @return {@code false} if no call is needed
	 */
	boolean areNeeded() {
		return !this.customizers.isEmpty() || !this.store.isLoaded();
	}

	/**
	 * Run a call on a thread that may block.
	 * @param call the call
	 * @return {@code false} if too many earlier calls have not returned
	 */
	boolean execute(Runnable call) {
		return this.threads.execute(call);
	}

	/**
	 * Read the store and call the customizers. Blocks.
	 * @param draft the attempt
	 * @return the exception of a customizer or of the store, or {@code null}
	 */
	@Nullable Throwable customize(HandshakeDraft draft) {
		try {
			this.store.load();
			for (HandshakeCustomizer customizer : this.customizers) {
				customizer.customize(draft);
			}
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

}
