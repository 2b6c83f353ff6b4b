package io.github.resilientws.sample.server;

/**
 * Creates the alerts of the alerts feed. Used by the server's timer thread.
 */
final class AlertSource {

	private int number;

	String next() {
		this.number++;
		long degrees = Math.round(62 + 9 * Math.sin(this.number / 5.0));
		return "{\"type\":\"alert\",\"number\":" + this.number + ",\"text\":\"Turbine 2 at " + degrees + " °C\"}";
	}

}
