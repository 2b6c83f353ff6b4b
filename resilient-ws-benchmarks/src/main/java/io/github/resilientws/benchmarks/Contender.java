package io.github.resilientws.benchmarks;

import io.github.resilientws.benchmarks.engine.EngineType;

/**
 * A client that takes part in a comparison.
 *
 * @param label its name in the report
 * @param type kind of its engine
 * @param before whether it runs with the older classes of this project
 */
record Contender(String label, EngineType type, boolean before) {

	static final Contender RESILIENT = new Contender("resilient-ws", EngineType.RESILIENT, false);

	static final Contender DIRECT = new Contender("resilient-ws, direct", EngineType.RESILIENT_DIRECT, false);

	static final Contender AT_LEAST_ONCE = new Contender("resilient-ws, at least once",
			EngineType.RESILIENT_AT_LEAST_ONCE, false);

	static final Contender BEFORE = new Contender("before", EngineType.RESILIENT, true);

	static final Contender BEFORE_AT_LEAST_ONCE = new Contender("before, at least once",
			EngineType.RESILIENT_AT_LEAST_ONCE, true);

	static final Contender NETTY = new Contender("Netty by hand", EngineType.NETTY, false);

	static final Contender REACTOR_NETTY = new Contender("Reactor Netty", EngineType.REACTOR_NETTY, false);

	static final Contender SPRING = new Contender("Spring, lock", EngineType.SPRING, false);

	static final Contender SPRING_DECORATED = new Contender("Spring, decorator", EngineType.SPRING_DECORATED, false);

	static final Contender JETTY = new Contender("Jetty", EngineType.JETTY, false);

	static final Contender OKHTTP = new Contender("OkHttp", EngineType.OKHTTP, false);

	static final Contender JAVA_WEBSOCKET = new Contender("Java-WebSocket", EngineType.JAVA_WEBSOCKET, false);

	static final Contender JDK = new Contender("JDK", EngineType.JDK, false);

	/**
	 * Return whether this is the project itself.
	 * @return whether charts highlight it
	 */
	boolean isOwn() {
		return this.label.startsWith("resilient-ws");
	}

}
