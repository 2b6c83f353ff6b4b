/**
 * A store in the tables of a database that several instances of an application share.
 */
@NullMarked
package io.github.resilientws.store.jdbc;

import org.jspecify.annotations.NullMarked;
