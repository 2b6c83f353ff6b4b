/**
 * Delivery at least once: acknowledgements, resends, dead letters.
 */
@NullMarked
package io.github.resilientws.internal.delivery;

import org.jspecify.annotations.NullMarked;
