/**
 * Reading of configuration: properties, known keys, resolution of settings, and texts of
 * refused configuration; not API.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.autoconfigure.config;

import org.jspecify.annotations.NullMarked;
