package io.github.resilientws.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.transport.NameLookups.Lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NameLookups}.
 */
@Timeout(20)
class NameLookupsTests {

	private final HeldResolver outage = new HeldResolver();

	private final NameLookups lookups = new NameLookups(this::resolve, 2);

	private final List<String> results = new CopyOnWriteArrayList<>();

	private InetAddress[] resolve(String host) throws UnknownHostException {
		return host.startsWith("held") ? this.outage.resolve(host) : InetAddress.getAllByName("127.0.0.1");
	}

	@AfterEach
	void endOutage() {
		this.outage.release.countDown();
		this.lookups.close();
	}

	@Test
	void resultComesOnADaemonThread() throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.lookups.lookUp("client", "a", (addresses, failure) -> {
			assertThat(addresses).containsExactly(InetAddress.getLoopbackAddress());
			thread.complete(Thread.currentThread());
		});
		assertThat(thread.get(5, TimeUnit.SECONDS).getName()).startsWith("resilient-ws-lookup-");
		assertThat(thread.get().isDaemon()).isTrue();
		// none lives on
		TransportHarness.await().until(() -> !thread.get().isAlive());
	}

	@Test
	void failureIsPassedOnAndEndsNoThread() {
		NameLookups failing = new NameLookups((host) -> {
			throw new IllegalStateException(host);
		}, 1);
		failing.lookUp("a", "x", (addresses, failure) -> {
			this.results.add(failure.toString());
			throw new IllegalStateException("callback");
		});
		failing.lookUp("b", "y", (addresses, failure) -> this.results.add(failure.toString()));
		TransportHarness.await().until(() -> this.results.size() == 2);
		assertThat(this.results).containsExactly("java.lang.IllegalStateException: x",
				"java.lang.IllegalStateException: y");
	}

	@Test
	void noMoreRunThanThereMayBeThreads() {
		for (int i = 0; i < 5; i++) {
			lookUp("client" + i, "held" + i);
		}
		TransportHarness.await().until(() -> this.outage.asked.size() == 2);
		lookUp("other", "a");
		assertThat(this.outage.asked).containsExactlyInAnyOrder("held0", "held1");
		assertThat(this.results).isEmpty();
		this.outage.release.countDown();
		TransportHarness.await().until(() -> this.results.size() == 6);
	}

	@Test
	void clientsShareALookupOfTheSameName() {
		for (int i = 0; i < 100; i++) {
			lookUp("client" + i, (i % 2 == 0) ? "held" : "HELD");
		}
		lookUp("other", "a");
		TransportHarness.await().until(() -> this.results.contains("other found"));
		assertThat(this.outage.asked).containsExactly("held");
		this.outage.release.countDown();
		TransportHarness.await().until(() -> this.results.size() == 101);
	}

	@Test
	void clientHasOneLookupAtATime() {
		Lookup first = lookUp("client", "held1");
		TransportHarness.await().until(() -> this.outage.asked.size() == 1);
		first.cancel();
		lookUp("client", "a");
		lookUp("other", "b");
		TransportHarness.await().until(() -> this.results.contains("other found"));
		assertThat(this.results).containsExactly("other found");
		this.outage.release.countDown();
		TransportHarness.await().until(() -> this.results.contains("client found"));
		assertThat(this.results).hasSize(2);
	}

	@Test
	void nextAttemptJoinsTheLookupThatStillRuns() {
		Lookup first = lookUp("client", "held");
		TransportHarness.await().until(() -> this.outage.asked.size() == 1);
		first.cancel();
		lookUp("client", "held");
		this.outage.release.countDown();
		TransportHarness.await().until(() -> this.results.size() == 1);
		assertThat(this.outage.asked).containsExactly("held");
	}

	@Test
	void lookupOfAnAttemptThatWasGivenUpIsNotMade() {
		lookUp("a", "held1");
		lookUp("b", "held2");
		List<Lookup> waiting = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			waiting.add(lookUp("client" + i, "held-waiting" + i));
		}
		Lookup shared = lookUp("c", "held-shared");
		lookUp("d", "held-shared");
		waiting.forEach(Lookup::cancel);
		shared.cancel();
		this.outage.release.countDown();
		TransportHarness.await().until(() -> this.results.size() == 3);
		assertThat(this.results).containsExactlyInAnyOrder("a unknown", "b unknown", "d unknown");
		assertThat(this.outage.asked).containsExactlyInAnyOrder("held1", "held2", "held-shared");
	}

	@Test
	void closedLookupsTakeNoMore() {
		lookUp("a", "held1");
		lookUp("b", "held2");
		lookUp("c", "held3");
		TransportHarness.await().until(() -> this.outage.asked.size() == 2);
		this.lookups.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> lookUp("d", "x"));
		this.outage.release.countDown();
		TransportHarness.await().until(() -> this.results.size() == 2);
		assertThat(this.outage.asked).doesNotContain("held3");
	}

	private Lookup lookUp(String client, String host) {
		return this.lookups.lookUp(client, host, (addresses, failure) -> this.results
			.add(client + ((failure instanceof UnknownHostException) ? " unknown" : " found")));
	}

}
