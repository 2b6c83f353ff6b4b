package io.github.resilientws.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as an SVG, which follows the colour scheme of the reader.
 */
public final class BarChart {

	private static final int WIDTH = 720;

	private static final int LABEL_WIDTH = 190;

	private static final int BAR_WIDTH = 420;

	private static final int ROW_HEIGHT = 26;

	private static final int TOP = 44;

	private static final String STYLE = """
			text { font: 13px system-ui, sans-serif; fill: #1f2328 }
			.title { font-weight: 600; font-size: 15px }
			.value { fill: #59636e }
			rect { fill: #afb8c1 }
			.own { fill: #1a7f37 }
			@media (prefers-color-scheme: dark) {
			text { fill: #f0f6fc }
			.value { fill: #9198a1 }
			rect { fill: #4a525b }
			.own { fill: #3fb950 }
			}
			""";

	private final String title;

	private final List<Bar> bars = new ArrayList<>();

	/**
	 * Create a chart.
	 * @param title what the bars show, with its unit
	 */
	public BarChart(String title) {
		this.title = title;
	}

	/**
	 * Add a bar.
	 * @param label what it stands for
	 * @param value its length
	 * @param own whether it stands for this project
	 * @return this chart
	 */
	public BarChart bar(String label, double value, boolean own) {
		this.bars.add(new Bar(label, value, own));
		return this;
	}

	@Override
	public String toString() {
		double longest = this.bars.stream().mapToDouble(Bar::value).max().orElse(1);
		int height = TOP + this.bars.size() * ROW_HEIGHT + 8;
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
				WIDTH, height, escape(this.title)));
		svg.append("<style>\n").append(STYLE).append("</style>\n");
		svg.append(text("title", 8, 24, this.title));
		for (int i = 0; i < this.bars.size(); i++) {
			Bar bar = this.bars.get(i);
			int y = TOP + i * ROW_HEIGHT;
			double width = Math.max(1, bar.value / longest * BAR_WIDTH);
			svg.append(text("label", 8, y + 14, bar.label));
			svg.append(String.format(Locale.ROOT,
					"<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" rx=\"2\"/>%n",
					(bar.own) ? "own" : "other", LABEL_WIDTH, y, width));
			svg.append(text("value", (int) (LABEL_WIDTH + width) + 8, y + 14, Samples.number(bar.value)));
		}
		return svg.append("</svg>\n").toString();
	}

	private static String text(String style, int x, int y, String content) {
		return String.format(Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n", style, x, y,
				escape(content));
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
	}

	private record Bar(String label, double value, boolean own) {

	}

}
