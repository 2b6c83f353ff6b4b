/**
 * The API of the resilient WebSocket client: everything an application calls, implements
 * or receives.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws;

import org.jspecify.annotations.NullMarked;
