/**
 * Elections of the instance that connects a client.
 */
@NullMarked
package io.github.resilientws.autoconfigure.cluster;

import org.jspecify.annotations.NullMarked;
