/**
 * Puts clients together: the only package that knows all others. Not API.
 */
@NullMarked
package io.github.resilientws.internal;

import org.jspecify.annotations.NullMarked;
