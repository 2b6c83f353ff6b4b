/**
 * What makes an outbox survive: persistence only, no knowledge of messages.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.store;

import org.jspecify.annotations.NullMarked;
