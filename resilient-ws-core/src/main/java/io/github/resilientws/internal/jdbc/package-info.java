/**
 * The tables that several instances of an application share.
 */
@NullMarked
package io.github.resilientws.internal.jdbc;

import org.jspecify.annotations.NullMarked;
