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
 * Starts a {@link TestWebSocketServer} for a Spring test.
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * &#64;EmbeddedWebSocketServer(client = "chat")
 * class ChatTests {
 *
 *     &#64;Autowired
 *     TestWebSocketServer server;
 *
 *     &#64;Test
 *     void chatConnects() {
 *         this.server.seen().awaitConnections(1, Duration.ofSeconds(5));
 *     }
 *
 * }
 * </pre> The server listens on an ephemeral loopback port before the context starts. The
 * named clients connect to it, whatever URL their configuration, a
 * {@code HandshakeCustomizer} or {@code ResilientWebSocketConnectionDetails} supplies;
 * path and query are kept. A client that is not configured is created.
 * <p>
 * The server is a bean named {@code <client>WebSocketServer}, to be injected by type, or
 * with {@link io.github.resilientws.WebSocketClientName} if there are several. It is
 * {@linkplain TestWebSocketServer#reset() reset} before each test method and closed with
 * the context. Test classes with the same annotations share a context and its server.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(EmbeddedWebSocketServers.class)
public @interface EmbeddedWebSocketServer {

	/**
	 * Return the names of the clients that connect to the server.
	 * @return one name or more
	 */
	String[] client();

	/**
	 * Return the script that prepares the server before the context starts and at each
	 * reset, for example with answers to the session steps of a client. It is created by
	 * its constructor without arguments.
	 * @return the class of the script
	 */
	Class<? extends Consumer<TestWebSocketServer>> script() default NoScript.class;

}
