package io.github.resilientws.sample.chat;

/**
 * Published when the alerts feed sent an alert.
 *
 * @param number number of the alert
 * @param text its text
 */
public record AlertReceived(int number, String text) {

}
