/**
 * A store in tables that several instances of an application share.
 */
@NullMarked
package io.github.resilientws.store.jdbc;

import org.jspecify.annotations.NullMarked;
