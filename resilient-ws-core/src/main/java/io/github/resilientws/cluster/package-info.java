/**
 * Which of several instances of an application has the connection of a client.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.cluster;

import org.jspecify.annotations.NullMarked;
