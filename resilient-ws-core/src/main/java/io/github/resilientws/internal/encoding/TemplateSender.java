package io.github.resilientws.internal.encoding;

import io.github.resilientws.protocol.Template;
import io.github.resilientws.transport.WriteListener;

/**
 * Sends text messages of the protocol: heartbeats, session steps, automatic replies. They
 * do not wait for messages of the application. Called on the client's executor.
 */
@FunctionalInterface
public interface TemplateSender {

	/**
	 * Render a template and send it as a text message. If a value is missing, the
	 * connection ends.
	 * @param template the template
	 * @param listener receives the result of the write
	 */
	void send(Template template, WriteListener listener);

}
