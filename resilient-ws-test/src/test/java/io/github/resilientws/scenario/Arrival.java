package io.github.resilientws.scenario;

/**
 * A text that reached a server.
 *
 * @param connection number of the connection, in order of acceptance
 * @param text the text
 */
record Arrival(int connection, String text) {

}
