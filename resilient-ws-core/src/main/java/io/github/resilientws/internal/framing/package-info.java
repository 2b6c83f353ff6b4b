/**
 * Translation between the frames of a connection and the messages of the client.
 */
@NullMarked
package io.github.resilientws.internal.framing;

import org.jspecify.annotations.NullMarked;
