package io.github.resilientws.sample.instances;

/**
 * An instance of the sample, as the page shows it.
 *
 * @param port port of its page
 * @param pid its process
 * @param state state of its client for work orders
 * @param fence number of its ownership; 0 if it does not own the line
 * @param alive whether it reported within the last three seconds
 */
public record Instance(int port, long pid, String state, long fence, boolean alive) {

}
