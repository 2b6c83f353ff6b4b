/**
 * Codecs of protocols whose frames are not JSON.
 */
@NullMarked
package io.github.resilientws.internal.codec;

import org.jspecify.annotations.NullMarked;
