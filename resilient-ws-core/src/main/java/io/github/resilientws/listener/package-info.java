/**
 * Listener methods, and the conversion of messages to their parameters.
 */
@NullMarked
package io.github.resilientws.listener;

import org.jspecify.annotations.NullMarked;
