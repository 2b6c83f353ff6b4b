package io.github.resilientws.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page in Markdown, printed and written while it grows, and its charts.
 */
public final class Report {

	private final Path directory;

	private final Path images;

	private final StringBuilder content = new StringBuilder();

	/**
	 * Create a report.
	 * @param directory where to write it
	 * @param images where to write its charts
	 * @throws IOException if it fails
	 */
	public Report(Path directory, Path images) throws IOException {
		this.directory = Files.createDirectories(directory);
		this.images = Files.createDirectories(images);
	}

	/**
	 * Start a section.
	 * @param title its title
	 * @throws IOException if it cannot be written
	 */
	public void heading(String title) throws IOException {
		add("## " + title + "\n");
	}

	/**
	 * Add a paragraph.
	 * @param text its text
	 * @throws IOException if it cannot be written
	 */
	public void text(String text) throws IOException {
		add(text + "\n");
	}

	/**
	 * Add a table.
	 * @param table the table
	 * @throws IOException if it cannot be written
	 */
	public void table(Table table) throws IOException {
		add(table.toString());
	}

	/**
	 * Write a chart.
	 * @param name name of its file, without the extension
	 * @param chart the chart
	 * @throws IOException if it cannot be written
	 */
	public void chart(String name, BarChart chart) throws IOException {
		Files.writeString(this.images.resolve(name + ".svg"), chart.toString());
	}

	private void add(String block) throws IOException {
		System.out.println(block);
		this.content.append(block).append('\n');
		Files.writeString(this.directory.resolve("performance.md"), this.content);
	}

}
