/**
 * Resolved, null-free settings of a client and the rules that they keep.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.settings;

import org.jspecify.annotations.NullMarked;
