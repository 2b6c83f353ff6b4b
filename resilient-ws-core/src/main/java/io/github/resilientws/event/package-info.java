/**
 * Spring application events about the life of a client.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.event;

import org.jspecify.annotations.NullMarked;
