package io.github.resilientws.sample.chat;

/**
 * A chat line on the wire.
 *
 * @param type always {@code message}
 * @param room room of the line
 * @param from author
 * @param text text
 * @param id id of the line
 */
record ChatMessage(String type, String room, String from, String text, String id) {

}
