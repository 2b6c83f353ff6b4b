package io.github.resilientws.transport;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness.WriteResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a transport reads.
 */
abstract class TransportReadingContractTests extends TransportOpeningContractTests {

	private static final int TURNS = 10;

	@Test
	void endWithoutCloseFrameIs1006() throws Exception {
		this.client.open(Peer::accept);
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(Closed.class, (closed) -> {
			assertThat(closed.code()).isEqualTo(1006);
			assertThat(closed.byPeer()).isTrue();
		});
	}

	@Test
	void resetIs1006() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			peer.reset();
		});
		this.proceed.countDown();
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(Closed.class,
				(closed) -> assertThat(closed.code()).isEqualTo(1006));
	}

	@Test
	void closeFrameOfThePeerIsEchoed() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			peer.raw(Peer.close(1001, "going away"));
			this.received.add(peer.read());
		});
		assertThat(this.client.awaitEnd()).isEqualTo(new Closed(1001, "going away", true));
		assertThat(this.received.poll(5, TimeUnit.SECONDS).payload()).startsWith(0x03, 0xE9);
	}

	@Test
	void closeFrameWithoutCodeIs1005() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			peer.raw(Peer.frame(0x88, new byte[0]));
			this.received.add(peer.read());
		});
		assertThat(this.client.awaitEnd()).isEqualTo(new Closed(1005, "", true));
		assertThat(this.received.poll(5, TimeUnit.SECONDS).payload()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1008, 1011, 3000, 4999 })
	void closeCodesArePassedOn(int code) throws Exception {
		assertCloseCode(code);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1012, 1013, 1014 })
	void registeredCloseCodesArePassedOn(int code) throws Exception {
		assertCloseCode(code);
	}

	@Test
	void fragmentsBecomeOneMessage() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			byte[] text = "über".getBytes("UTF-8");
			peer.raw(Peer.frame(0x01, Arrays.copyOf(text, 1)), Peer.frame(0x8A, "beat".getBytes()),
					Peer.frame(0x00, new byte[0]), Peer.frame(0x80, Arrays.copyOfRange(text, 1, text.length)));
			peer.awaitEnd();
		});
		this.client.awaitSignal("text über");
		assertThat(this.client.listener.signals).containsExactly("open", "pong beat", "text über");
	}

	@Test
	void largeBinaryMessageArrivesWhole() throws Exception {
		byte[] bytes = new byte[2 * 1024 * 1024];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i * 31);
		}
		this.client.maxFrameSize = bytes.length;
		this.client.open((peer) -> {
			peer.accept();
			peer.raw(Peer.frame(0x82, peer.read().payload()));
			peer.awaitEnd();
		});
		this.client.write(TransportHarness.binary(bytes));
		this.client.awaitSignal("binary " + bytes.length);
		assertThat(this.client.listener.binaries.get(0).array()).isEqualTo(bytes);
	}

	@Test
	void pingsOfThePeerAreSeenAsLife() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			peer.raw(Peer.frame(0x89, "there?".getBytes()));
			this.received.add(peer.read());
			peer.awaitEnd();
		});
		int before = this.client.listener.reads.get();
		this.proceed.countDown();
		assertThat(this.received.poll(5, TimeUnit.SECONDS).text()).isEqualTo("there?");
		TransportHarness.await().until(() -> this.client.listener.reads.get() > before);
	}

	@Test
	void bytesThatCompleteNoFrameAreSeenAsLife() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			peer.raw(Arrays.copyOf(Peer.frame(0x82, new byte[1000]), 100));
			peer.awaitEnd();
		});
		int before = this.client.listener.reads.get();
		this.proceed.countDown();
		TransportHarness.await().until(() -> this.client.listener.reads.get() > before);
	}

	@Test
	void invalidTextIs1007() throws Exception {
		assertViolation(1007, Peer.frame(0x81, new byte[] { (byte) 0xC3, 0x28 }));
	}

	@Test
	void tooLargeFrameIs1009() throws Exception {
		this.client.maxMessageSize = 1000;
		assertViolation(1009, Peer.frame(0x82, new byte[1001]));
	}

	@Test
	void tooLargeMessageIs1009() throws Exception {
		this.client.maxMessageSize = 1000;
		assertViolation(1009, Peer.frame(0x02, new byte[600]), Peer.frame(0x00, new byte[600]),
				Peer.frame(0x80, new byte[10]));
	}

	@Test
	void maskedFrameIs1002() throws Exception {
		assertViolation(1002, new byte[] { (byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 'a' });
	}

	@Test
	void unknownOpcodeIs1002() throws Exception {
		assertViolation(1002, Peer.frame(0x83, new byte[] { 1 }));
	}

	@Test
	void pingsAreAnsweredAndPongsPassedOn() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			peer.raw(Peer.frame(0x89, "there?".getBytes()));
			this.received.add(peer.read());
			Frame ping = peer.read();
			this.received.add(ping);
			peer.raw(Peer.frame(0x8A, ping.payload()));
			peer.awaitEnd();
		});
		assertThat(this.received.poll(5, TimeUnit.SECONDS)).satisfies((pong) -> {
			assertThat(pong.opcode()).isEqualTo(0xA);
			assertThat(pong.text()).isEqualTo("there?");
		});
		this.client.run(() -> this.client.connection()
			.ping("beat".getBytes(), (written, started, failure) -> this.client.results
				.add(new WriteResult(1, written, started, failure))));
		this.client.awaitSignal("pong beat");
		assertThat(this.client.results()).containsExactly(new WriteResult(1, 1, 1, null));
	}

	@Test
	void suspendedConnectionDeliversNothingUntilResumed() throws Exception {
		CompletableFuture<Void> sent = new CompletableFuture<>();
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			peer.raw(Peer.text("late"));
			sent.complete(null);
			for (int i = 0; i < TURNS; i++) {
				this.received.add(peer.read());
			}
			peer.awaitEnd();
		});
		this.client.run(this.client.connection()::suspendReading);
		this.proceed.countDown();
		sent.get();
		// a connection that still read would do so in each of these turns
		for (int i = 0; i < TURNS; i++) {
			this.client.write(TransportHarness.text("turn"));
			assertThat(this.received.poll(5, TimeUnit.SECONDS)).isNotNull();
		}
		assertThat(this.client.listener.signals).containsExactly("open");
		this.client.run(this.client.connection()::resumeReading);
		this.client.awaitSignal("text late");
	}

	private void assertCloseCode(int code) throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			peer.raw(Peer.close(code, "why"));
			peer.read();
		});
		assertThat(this.client.awaitEnd()).isEqualTo(new Closed(code, "why", true));
	}

	private void assertViolation(int code, byte[]... frames) throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			peer.raw(frames);
			peer.raw(Peer.text("behind"));
			this.received.add(peer.read());
		});
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(Closed.class, (closed) -> {
			assertThat(closed.code()).isEqualTo(code);
			assertThat(closed.byPeer()).isFalse();
		});
		assertThat(this.received.poll(5, TimeUnit.SECONDS).payload()).startsWith(code >> 8, code & 0xFF);
		assertThat(this.client.listener.signals).containsExactly("open", "closed");
	}

}
