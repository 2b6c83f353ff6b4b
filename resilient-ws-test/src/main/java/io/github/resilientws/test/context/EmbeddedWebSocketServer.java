package io.github.resilientws.test.context;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Consumer;

import io.github.resilientws.test.TestWebSocketServer;

/**
 * Gives a Spring test a {@link TestWebSocketServer} of its own: it listens on an
 * ephemeral loopback port before the context starts, and the named clients connect to it
 * wherever their configuration, a {@code HandshakeCustomizer} or
 * {@code ResilientWebSocketConnectionDetails} would send them; path and query are kept. A
 * client that is not configured comes into being.
 * <p>
 * The server is a bean named {@code <client>WebSocketServer}, to be injected by type, or
 * with {@link io.github.resilientws.WebSocketClientName} if there are several. It is
 * {@linkplain TestWebSocketServer#reset() reset} before each test method and closed with
 * the context. Test classes with the same annotations share a context and its server.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(EmbeddedWebSocketServers.class)
public @interface EmbeddedWebSocketServer {

	/**
	 * Names of the clients that connect to the server.
	 * @return one name or more
	 */
	String[] client();

	/**
	 * Prepares the server before the context starts, and again at each reset: with
	 * answers to the session steps of a client, say. Made by its constructor without
	 * arguments.
	 * @return the class of the script
	 */
	Class<? extends Consumer<TestWebSocketServer>> script() default NoScript.class;

}
