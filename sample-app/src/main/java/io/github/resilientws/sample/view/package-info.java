/**
 * The page that shows the clients live.
 */
@NullMarked
package io.github.resilientws.sample.view;

import org.jspecify.annotations.NullMarked;
