/**
 * Measurements of types that this package of the core keeps to itself.
 */
@NullMarked
package io.github.resilientws.transport.netty;

import org.jspecify.annotations.NullMarked;
