package io.github.resilientws.protocol;

/**
 * Creates the codecs of clients whose {@code framing.codec} is the name of this bean.
 * Without Spring Boot it is a component of the builder:
 *
 * <pre>{@code
 * builder.component(WebSocketFrameCodecFactory.class, (client) -> new ArrayCodec());
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebSocketFrameCodecFactory {

	/**
	 * Create the codec of one connection. Called on the client's executor before each
	 * attempt; an exception fails the attempt.
	 * @param client name of the client
	 * @return a new codec
	 */
	WebSocketFrameCodec create(String client);

}
