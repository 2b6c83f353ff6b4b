/**
 * The test kit in Spring's test contexts.
 */
@NullMarked
package io.github.resilientws.test.context;

import org.jspecify.annotations.NullMarked;
