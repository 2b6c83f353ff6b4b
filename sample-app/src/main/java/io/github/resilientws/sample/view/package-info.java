/**
 * The page: what the clients are doing, live.
 */
@NullMarked
package io.github.resilientws.sample.view;

import org.jspecify.annotations.NullMarked;
