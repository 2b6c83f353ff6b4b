package io.github.resilientws.sample.chat;

/**
 * Published when a line is new or its status changed.
 *
 * @param line the line
 */
public record ChatLineChanged(ChatLine line) {

}
