package io.github.resilientws.test;

/**
 * A received text with an id. The same id may arrive several times.
 *
 * @param id the id
 * @param number number of this copy since the server was scripted, from 1
 * @param text the text
 * @param acknowledgement text that acknowledges it
 * @since 0.1
 */
public record ReceivedCopy(String id, int number, String text, String acknowledgement) {

}
