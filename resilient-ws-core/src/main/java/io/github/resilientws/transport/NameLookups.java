package io.github.resilientws.transport;

import java.net.InetAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.FailureDescription;

/**
 * Resolves host names on separate daemon threads, at most {@value #MAX_THREADS} at a
 * time, so that an outage of DNS blocks no other thread of the application. Clients that
 * look up the same name share one look-up. A client has at most one look-up in progress.
 * A look-up that waits for a thread is removed when the last attempt that needs it is
 * given up. Threads end when no look-up waits.
 *
 * @since 0.1
 */
public final class NameLookups implements AutoCloseable {

	/** Largest number of look-ups that run at the same time. */
	public static final int MAX_THREADS = 64;

	private static final Log logger = LogFactory.getLog(NameLookups.class);

	private final NameResolver resolver;

	private final int maxThreads;

	// guarded by this, in order of their first request
	private final Map<String, Call> waiting = new LinkedHashMap<>();

	// guarded by this
	private final Map<String, Call> running = new HashMap<>();

	// guarded by this
	private int threads;

	// guarded by this
	private int threadNumber;

	// guarded by this
	private boolean closed;

	/**
	 * Create look-ups with the resolver of the JDK, which caches according to the
	 * security property {@code networkaddress.cache.ttl}.
	 */
	public NameLookups() {
		this(InetAddress::getAllByName);
	}

	/**
	 * Create look-ups with another resolver.
	 * @param resolver finds addresses
	 */
	public NameLookups(NameResolver resolver) {
		this(resolver, MAX_THREADS);
	}

	NameLookups(NameResolver resolver, int maxThreads) {
		this.resolver = resolver;
		this.maxThreads = maxThreads;
	}

	/**
	 * Look up a name. Does not block.
	 * @param client identity of the client that asks
	 * @param host host name or IP address
	 * @param callback receives the result, on a thread that may block; not after
	 * {@link Lookup#cancel()}, except for a result that is already being passed on
	 * @return the look-up
	 * @throws RejectedExecutionException if this object is closed
	 */
	public Lookup lookUp(Object client, String host, Callback callback) {
		String name = host.toLowerCase(Locale.ROOT);
		Request request = new Request(client, name, callback);
		synchronized (this) {
			if (this.closed) {
				throw new RejectedExecutionException("the transports are closed");
			}
			Call call = this.running.get(name);
			if (call == null) {
				call = this.waiting.computeIfAbsent(name, (key) -> new Call(host));
			}
			else {
				call.clients.add(client);
			}
			call.requests.add(request);
			startThread();
		}
		return () -> cancel(request);
	}

	private synchronized void cancel(Request request) {
		Call call = this.running.get(request.name);
		if (call == null) {
			call = this.waiting.get(request.name);
		}
		if (call != null && call.requests.remove(request) && call.requests.isEmpty()) {
			// a look-up that runs cannot be interrupted
			this.waiting.remove(request.name);
		}
	}

	private void startThread() {
		if (this.threads >= this.maxThreads || this.waiting.values().stream().noneMatch(this::mayRun)) {
			return;
		}
		Thread thread = new Thread(this::work, "resilient-ws-lookup-" + ++this.threadNumber);
		thread.setDaemon(true);
		this.threads++;
		try {
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			// a running thread takes the look-up; if none runs, its attempt times out
			this.threads--;
			logger.warn("No thread can be created for a look-up of a host name");
		}
	}

	// a client whose earlier look-up still runs waits for its end
	private boolean mayRun(Call call) {
		return call.requests.stream()
			.anyMatch((request) -> this.running.values()
				.stream()
				.noneMatch((other) -> other.clients.contains(request.client)));
	}

	private void work() {
		for (Call call = next(); call != null; call = next()) {
			run(call);
		}
	}

	private synchronized @Nullable Call next() {
		Iterator<Map.Entry<String, Call>> calls = this.waiting.entrySet().iterator();
		while (calls.hasNext()) {
			Map.Entry<String, Call> entry = calls.next();
			Call call = entry.getValue();
			if (mayRun(call)) {
				calls.remove();
				call.requests.forEach((request) -> call.clients.add(request.client));
				this.running.put(entry.getKey(), call);
				startThread();
				return call;
			}
		}
		this.threads--;
		return null;
	}

	private void run(Call call) {
		List<InetAddress> addresses = List.of();
		Throwable failure = null;
		try {
			addresses = List.of(this.resolver.resolve(call.host));
		}
		catch (Throwable ex) {
			failure = ex;
		}
		for (Request request : end(call)) {
			try {
				request.callback.resolved(addresses, failure);
			}
			catch (Throwable ex) {
				logger.warn("The result of a look-up was not taken: " + FailureDescription.describe(ex));
			}
		}
	}

	private synchronized List<Request> end(Call call) {
		this.running.values().remove(call);
		return List.copyOf(call.requests);
	}

	/**
	 * Drop the look-ups that wait for a thread. Look-ups that run end by themselves, and
	 * their results are passed on. Has no effect when closed.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.waiting.clear();
	}

	/**
	 * A requested look-up.
	 */
	@FunctionalInterface
	public interface Lookup {

		/**
		 * Cancel the look-up. Has no effect when it has ended. May be called by any
		 * thread.
		 */
		void cancel();

	}

	/**
	 * Receives the result of a look-up.
	 */
	@FunctionalInterface
	public interface Callback {

		/**
		 * The look-up has ended.
		 * @param addresses the addresses; empty after a failure
		 * @param failure the exception of the resolver, or {@code null}
		 */
		void resolved(List<InetAddress> addresses, @Nullable Throwable failure);

	}

	/**
	 * One look-up, which several clients may wait for. Guarded by the look-ups, except
	 * for its host.
	 */
	private static final class Call {

		private final String host;

		private final Set<Request> requests = new LinkedHashSet<>();

		// of all callers since it began, including attempts that were given up
		private final Set<Object> clients = Collections.newSetFromMap(new IdentityHashMap<>());

		Call(String host) {
			this.host = host;
		}

	}

	/** The request of one attempt; compared by identity. */
	private static final class Request {

		private final Object client;

		private final String name;

		private final Callback callback;

		Request(Object client, String name, Callback callback) {
			this.client = client;
			this.name = name;
			this.callback = callback;
		}

	}

}
