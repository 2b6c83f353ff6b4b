package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code /actuator/prometheus} answered.
 *
 * @param samples the samples
 */
record Scrape(List<Sample> samples) {

	private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: \\d+)?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	static Scrape of(String text) {
		return new Scrape(text.lines()
			.filter((line) -> !line.startsWith("#"))
			.map(LINE::matcher)
			.filter(Matcher::matches)
			.map((line) -> new Sample(line.group(1), labels(line.group(2)), Double.parseDouble(line.group(3))))
			.toList());
	}

	private static Map<String, String> labels(String text) {
		Map<String, String> labels = new LinkedHashMap<>();
		Matcher label = LABEL.matcher((text != null) ? text : "");
		while (label.find()) {
			labels.put(label.group(1), label.group(2));
		}
		return labels;
	}

	Set<String> names() {
		return this.samples.stream().map(Sample::name).collect(Collectors.toSet());
	}

	List<Sample> of(String name, Map<String, Pattern> selector) {
		return this.samples.stream()
			.filter((sample) -> sample.name.equals(name))
			.filter((sample) -> selector.entrySet()
				.stream()
				.allMatch((wanted) -> wanted.getValue()
					.matcher(sample.labels.getOrDefault(wanted.getKey(), ""))
					.matches()))
			.toList();
	}

	Set<String> values(String name, String label) {
		return of(name, Map.of()).stream()
			.map((sample) -> sample.labels.get(label))
			.filter((value) -> value != null)
			.collect(Collectors.toSet());
	}

	/**
	 * Let time pass in which nothing happens.
	 * @param time the time
	 * @return the answer after that time
	 */
	Scrape after(Duration time) {
		return new Scrape(this.samples.stream()
			.map((sample) -> (sample.name.endsWith("_age_seconds") && sample.value > 0)
					? new Sample(sample.name, sample.labels, sample.value + time.toSeconds()) : sample)
			.toList());
	}

	/**
	 * One value of a series.
	 *
	 * @param name name of the metric
	 * @param labels its labels
	 * @param value the value
	 */
	record Sample(String name, Map<String, String> labels, double value) {

	}

}
