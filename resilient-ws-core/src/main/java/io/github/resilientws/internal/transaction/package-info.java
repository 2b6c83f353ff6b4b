/**
 * Messages that are a part of a transaction of the application.
 */
@NullMarked
package io.github.resilientws.internal.transaction;

import org.jspecify.annotations.NullMarked;
