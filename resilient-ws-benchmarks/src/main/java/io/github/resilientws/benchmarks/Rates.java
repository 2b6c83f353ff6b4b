package io.github.resilientws.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Results of one measure, one per round.
 */
final class Rates {

	private final List<Double> values = new ArrayList<>();

	void add(double rate) {
		this.values.add(rate);
	}

	String median() {
		return String.format("%,.0f", middle(this.values));
	}

	String range() {
		return String.format("%,.0f-%,.0f", lowest(this.values), highest(this.values));
	}

	/**
	 * Compare with other rates.
	 * @param base the rates to compare with
	 * @return the ratio of the medians
	 */
	double ratio(Rates base) {
		return middle(this.values) / middle(base.values);
	}

	/**
	 * Compare with other rates round by round, since a disturbance affects both values of
	 * a round.
	 * @param base the rates to compare with, of the same rounds
	 * @return the lowest and the highest ratio of a round
	 */
	String ratioRange(Rates base) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < this.values.size(); i++) {
			ratios.add(this.values.get(i) / base.values.get(i));
		}
		return String.format("%.2f-%.2f", lowest(ratios), highest(ratios));
	}

	private static double lowest(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
	}

	private static double highest(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
	}

	private static double middle(List<Double> values) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
