/**
 * A WebSocket server that a test scripts in one line, and virtual time.
 */
@NullMarked
package io.github.resilientws.test;

import org.jspecify.annotations.NullMarked;
