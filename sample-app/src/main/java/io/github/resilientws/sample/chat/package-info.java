/**
 * What an application does with the clients: send, listen, log in.
 */
@NullMarked
package io.github.resilientws.sample.chat;

import org.jspecify.annotations.NullMarked;
