/**
 * A small chat server whose faults can be switched on.
 */
@NullMarked
package io.github.resilientws.sample.server;

import org.jspecify.annotations.NullMarked;
