/**
 * Embedded servers and guards for Spring's test contexts.
 */
@NullMarked
package io.github.resilientws.test.context;

import org.jspecify.annotations.NullMarked;
