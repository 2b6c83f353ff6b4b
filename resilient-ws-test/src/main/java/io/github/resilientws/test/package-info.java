/**
 * A scriptable WebSocket server, a recording client, and virtual time for tests.
 */
@NullMarked
package io.github.resilientws.test;

import org.jspecify.annotations.NullMarked;
