package io.github.resilientws.sample.chat;

/**
 * Published when the alerts feed said something.
 *
 * @param number number of the alert
 * @param text what it says
 */
public record AlertReceived(int number, String text) {

}
