/**
 * Matchers, locators and templates: they recognise a message, find a value in it, and
 * write one.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.protocol;

import org.jspecify.annotations.NullMarked;
