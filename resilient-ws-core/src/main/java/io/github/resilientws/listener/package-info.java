/**
 * Listener methods and the conversion of what they receive.
 */
@NullMarked
package io.github.resilientws.listener;

import org.jspecify.annotations.NullMarked;
