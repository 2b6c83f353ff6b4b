package io.github.resilientws.sample.chat;

/**
 * A chat line as it travels.
 *
 * @param type always {@code message}
 * @param room room of the line
 * @param from who wrote it
 * @param text what was written
 * @param id id of the line
 */
record ChatMessage(String type, String room, String from, String text, String id) {

}
