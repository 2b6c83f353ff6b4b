/**
 * Assembles clients: the only package that depends on all others. Not API.
 */
@NullMarked
package io.github.resilientws.internal;

import org.jspecify.annotations.NullMarked;
