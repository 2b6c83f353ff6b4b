package io.github.resilientws.core;

import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire for one message, the same bytes each time.
 *
 * @param text whether it is a text frame
 * @param bytes payload of the frame
 * @param id id of the message, or {@code null} if nobody needs one yet
 */
record Framed(boolean text, byte[] bytes, @Nullable String id) {

}
