/**
 * A chat that one can break and watch recover.
 */
@NullMarked
package io.github.resilientws.sample;

import org.jspecify.annotations.NullMarked;
