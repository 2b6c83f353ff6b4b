/**
 * Messages of the client itself: session steps, automatic replies, compiled rules.
 */
@NullMarked
package io.github.resilientws.internal.session;

import org.jspecify.annotations.NullMarked;
