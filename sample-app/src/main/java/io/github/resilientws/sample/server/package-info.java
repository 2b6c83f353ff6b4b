/**
 * A small chat server that can be broken on purpose.
 */
@NullMarked
package io.github.resilientws.sample.server;

import org.jspecify.annotations.NullMarked;
