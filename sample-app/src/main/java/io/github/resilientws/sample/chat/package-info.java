/**
 * The application's use of the clients: send, listen, log in.
 */
@NullMarked
package io.github.resilientws.sample.chat;

import org.jspecify.annotations.NullMarked;
