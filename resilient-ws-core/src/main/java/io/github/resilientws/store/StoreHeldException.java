package io.github.resilientws.store;

import java.io.IOException;
import java.nio.file.Path;

import io.github.resilientws.DescribedFailure;

/**
 * A store cannot be opened because it is open already, here or in another process.
 */
public class StoreHeldException extends IOException implements DescribedFailure {

	private final transient Path path;

	private final String holder;

	/**
	 * Create the exception.
	 * @param path the store
	 * @param holder who holds it, such as {@code process 4711 since 2026-11-22T08:15:00Z}
	 */
	public StoreHeldException(Path path, String holder) {
		super("Store " + path + " is held by " + holder);
		this.path = path;
		this.holder = holder;
	}

	/**
	 * Return the store.
	 * @return its file
	 */
	public Path getPath() {
		return this.path;
	}

	@Override
	public String getDescription() {
		return "store " + this.path + " is held by " + this.holder;
	}

	/**
	 * Return who holds it.
	 * @return process and time
	 */
	public String getHolder() {
		return this.holder;
	}

}
