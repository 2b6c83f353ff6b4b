package io.github.resilientws.internal.election;

/**
 * Notified when this instance gains or loses a line. Called on the client's executor.
 */
public interface LineListener {

	/** This instance owns the line. */
	void onGranted();

	/** This instance owns the line no longer. */
	void onRevoked();

}
