package io.github.resilientws;

/**
 * An exception that describes itself for people. Its description appears in logs, events,
 * health and the actuator endpoint, in place of a general one. If a listener fails with
 * it on a question of the server, the answer has the description ({@code {{error}}}).
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
