package io.github.resilientws;

/**
 * An exception that says in its own words what happened. The words appear in logs,
 * events, health and the actuator endpoint in place of general ones.
 *
 * @since 0.1
 */
public interface DescribedFailure {

	/**
	 * Describe the failure.
	 * @return a few words without path and query of a URL, header, payload or other
	 * secret
	 */
	String getDescription();

}
