package io.github.resilientws.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in Markdown. The first column is aligned left, all others right.
 */
public final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * Create a table.
	 * @param columns headings of the columns
	 */
	public Table(String... columns) {
		this.rows.add(List.of(columns));
	}

	/**
	 * Create a table.
	 * @param columns headings of the columns
	 */
	public Table(List<String> columns) {
		this.rows.add(List.copyOf(columns));
	}

	/**
	 * Add a row.
	 * @param cells its cells
	 * @return this table
	 */
	public Table row(String... cells) {
		return row(List.of(cells));
	}

	/**
	 * Add a row.
	 * @param cells its cells
	 * @return this table
	 */
	public Table row(List<String> cells) {
		if (cells.size() != this.rows.get(0).size()) {
			throw new IllegalArgumentException("not a row of this table: " + cells);
		}
		this.rows.add(List.copyOf(cells));
		return this;
	}

	@Override
	public String toString() {
		List<String> lines = this.rows.stream()
			.map((row) -> row.stream().collect(Collectors.joining(" | ", "| ", " |")))
			.collect(Collectors.toCollection(ArrayList::new));
		lines.add(1, "|---|" + "---:|".repeat(this.rows.get(0).size() - 1));
		return String.join("\n", lines) + "\n";
	}

}
