package io.github.resilientws.benchmarks;

import io.github.resilientws.benchmarks.report.Report;

/**
 * A section of the report.
 */
@FunctionalInterface
interface Section {

	/**
	 * Measure.
	 * @param environment where and how often
	 * @param report receives the results
	 * @throws Exception if it fails
	 */
	void run(Environment environment, Report report) throws Exception;

}
