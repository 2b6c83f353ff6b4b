/**
 * Questions of the server: how they are recognised, and how an answer of a listener gets
 * back to the connection that asked.
 */
@NullMarked
package io.github.resilientws.internal.answer;

import org.jspecify.annotations.NullMarked;
