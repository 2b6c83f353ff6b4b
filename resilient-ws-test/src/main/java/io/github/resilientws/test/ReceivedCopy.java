package io.github.resilientws.test;

/**
 * A text that came with an id, perhaps again.
 *
 * @param id the id
 * @param number how often the server has seen this id since it was scripted, from 1
 * @param text the text
 * @param acknowledgement what acknowledges it
 */
public record ReceivedCopy(String id, int number, String text, String acknowledgement) {

}
