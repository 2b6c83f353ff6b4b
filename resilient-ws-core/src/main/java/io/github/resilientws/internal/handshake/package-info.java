/**
 * Attempts to connect: customizers, the request, the opening handshake.
 */
@NullMarked
package io.github.resilientws.internal.handshake;

import org.jspecify.annotations.NullMarked;
