package io.github.resilientws.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Samples of one quantity, one per round.
 */
public final class Samples {

	private final List<Double> values = new ArrayList<>();

	/**
	 * Add the sample of the next round.
	 * @param value the sample
	 */
	public void add(double value) {
		this.values.add(value);
	}

	/**
	 * Return the median.
	 * @return the median
	 */
	public double median() {
		return median(this.values);
	}

	/**
	 * Return the median with the range of all rounds.
	 * @return the text, such as {@code 1,200 (1,000-1,300)}
	 */
	public String format() {
		return number(median()) + " (" + number(lowest(this.values)) + "-" + number(highest(this.values)) + ")";
	}

	/**
	 * Compare with other samples: the ratio of the medians, with the range of the ratios
	 * round by round, since a disturbance affects both samples of a round.
	 * @param base the samples to compare with, of the same rounds
	 * @return the text, such as {@code 2.90 (2.51-3.20)}
	 */
	public String ratio(Samples base) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < this.values.size(); i++) {
			ratios.add(this.values.get(i) / base.values.get(i));
		}
		return ratio(median() / base.median()) + " (" + ratio(lowest(ratios)) + "-" + ratio(highest(ratios)) + ")";
	}

	private static String ratio(double value) {
		return String.format(Locale.ROOT, (value < 10) ? "%.2f" : "%.1f", value);
	}

	/**
	 * Format a number with as many digits as it deserves.
	 * @param value the number
	 * @return the text
	 */
	public static String number(double value) {
		return String.format(Locale.ROOT, (Math.abs(value) < 10) ? "%.2f" : "%,.0f", value);
	}

	private static double lowest(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
	}

	private static double highest(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
	}

	private static double median(List<Double> values) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
