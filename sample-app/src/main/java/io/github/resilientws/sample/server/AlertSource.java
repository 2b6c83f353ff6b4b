package io.github.resilientws.sample.server;

/**
 * Makes up what the alerts feed says. Used by the server's timer thread.
 */
final class AlertSource {

	private int number;

	String next() {
		this.number++;
		long degrees = Math.round(62 + 9 * Math.sin(this.number / 5.0));
		return "{\"type\":\"alert\",\"number\":" + this.number + ",\"text\":\"Turbine 2 at " + degrees + " °C\"}";
	}

}
