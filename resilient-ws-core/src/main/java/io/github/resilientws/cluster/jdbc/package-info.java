/**
 * An election in the tables of a database that several instances of an application share.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.cluster.jdbc;

import org.jspecify.annotations.NullMarked;
