/**
 * A chat that can be broken on purpose, and a page that shows its recovery.
 */
@NullMarked
package io.github.resilientws.sample;

import org.jspecify.annotations.NullMarked;
