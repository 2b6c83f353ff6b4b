/**
 * JVMs that the measurements start: the server, and one for each client.
 */
@NullMarked
package io.github.resilientws.benchmarks.process;

import org.jspecify.annotations.NullMarked;
