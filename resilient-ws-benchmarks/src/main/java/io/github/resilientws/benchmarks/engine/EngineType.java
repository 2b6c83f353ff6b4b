package io.github.resilientws.benchmarks.engine;

/**
 * The client libraries under measurement. Classes of a library are loaded when its engine
 * is created.
 */
public enum EngineType {

	/** This project, default settings. */
	RESILIENT,

	/** This project, listeners on the event loop. */
	RESILIENT_DIRECT,

	/** This project, acknowledged delivery. */
	RESILIENT_AT_LEAST_ONCE,

	/** Netty, used directly. */
	NETTY,

	/** The client of Reactor Netty. */
	REACTOR_NETTY,

	/** Spring's client behind a lock. */
	SPRING,

	/** Spring's client behind its decorator for several senders. */
	SPRING_DECORATED,

	/** The client of Jetty. */
	JETTY,

	/** The client of OkHttp. */
	OKHTTP,

	/** The client of Java-WebSocket. */
	JAVA_WEBSOCKET,

	/** The client of the JDK. */
	JDK;

	/**
	 * Create an engine.
	 * @return a new engine
	 * @throws Exception if it fails
	 */
	public Engine create() throws Exception {
		return switch (this) {
			case RESILIENT -> new ResilientEngine();
			case RESILIENT_DIRECT -> new DirectEngine();
			case RESILIENT_AT_LEAST_ONCE -> new AtLeastOnceEngine();
			case NETTY -> new NettyEngine();
			case REACTOR_NETTY -> new ReactorNettyEngine();
			case SPRING -> new SpringEngine();
			case SPRING_DECORATED -> new DecoratedSpringEngine();
			case JETTY -> new JettyEngine();
			case OKHTTP -> new OkHttpEngine();
			case JAVA_WEBSOCKET -> new JavaWebSocketEngine();
			case JDK -> new JdkEngine();
		};
	}

}
