/**
 * Micrometer observations of a client.
 */
@NullMarked
package io.github.resilientws.observation;

import org.jspecify.annotations.NullMarked;
