/**
 * Settings of a client with their defaults, resolved and null-free, and the rules for
 * them.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.settings;

import org.jspecify.annotations.NullMarked;
