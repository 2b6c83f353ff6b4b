/**
 * What makes an outbox survive: persistence only, no knowledge of messages.
 */
@NullMarked
package io.github.resilientws.store;

import org.jspecify.annotations.NullMarked;
