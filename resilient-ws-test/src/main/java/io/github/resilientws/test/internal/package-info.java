/**
 * What the servers of the test kit and of our own tests share; not for other use.
 */
@NullMarked
package io.github.resilientws.test.internal;

import org.jspecify.annotations.NullMarked;
