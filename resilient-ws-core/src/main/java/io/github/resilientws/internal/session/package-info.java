/**
 * Messages that belong to the protocol of a server: session steps, automatic replies,
 * compiled rules.
 */
@NullMarked
package io.github.resilientws.internal.session;

import org.jspecify.annotations.NullMarked;
