/**
 * The life of a client; internal.
 */
@NullMarked
package io.github.resilientws.core;

import org.jspecify.annotations.NullMarked;
