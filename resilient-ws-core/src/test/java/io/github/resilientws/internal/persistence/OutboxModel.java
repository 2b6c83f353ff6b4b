package io.github.resilientws.internal.persistence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.ClientInternals;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.file.FileOutboxStoreFactory;
import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client with a file store, and what a plain model says about it: which messages are
 * accepted and undecided, and which are dead. What happened to a message is taken from
 * its future, or from the store, and must have had a reason.
 */
final class OutboxModel {

	final ModelSetup setup;

	final SlowStore store;

	private final Map<String, ModelMessage> live = new LinkedHashMap<>();

	final Map<String, ModelMessage> dead = new LinkedHashMap<>();

	final Map<String, ModelMessage> known = new HashMap<>();

	// of the present run
	private final List<ModelWire> wires = new ArrayList<>();

	private ModelVerdict verdict = new ModelVerdict(this, false);

	Rig rig;

	// of the clock, when the present run began
	private long startMillis;

	private long orders;

	OutboxModel(ModelSetup setup, Path directory) {
		this.setup = setup;
		this.store = new SlowStore(new FileOutboxStoreFactory(directory, Sync.NEVER, Duration.ofMillis(10)));
		this.rig = this.setup.rig(this.store, this.startMillis);
	}

	void perform(ModelStep step) {
		this.verdict = new ModelVerdict(this, !isReady());
		step.perform(this);
		check();
	}

	void ackAll() {
		List<String> ids = new ArrayList<>(this.live.keySet());
		for (int i = ids.size() - 1; i >= 0; i--) {
			ack(ids.get(i));
		}
	}

	void holdWrites() {
		if (isReady()) {
			lastWire().hold();
		}
	}

	void releaseWrites() {
		if (isReady()) {
			lastWire().release();
		}
	}

	void lose(int written, int started) {
		if (isReady()) {
			this.verdict.interrupted = true;
			lastWire().lose(written, started);
		}
	}

	void advance(int millis) {
		this.rig.advanceMillis(millis);
		checkExpired(millis);
	}

	void connect() {
		dial();
		awaitLoaded();
	}

	void connectAndSend(String id) {
		boolean loading = !this.rig.state().acceptsMessages();
		dial();
		if (!loading) {
			check();
		}
		// another thread may be about to find out that one expired
		if (!loading || this.live.values().stream().noneMatch((message) -> message.expiresMillis <= now())) {
			send(id, null, 0, false);
		}
		awaitLoaded();
	}

	void suspend() {
		this.verdict.interrupted = true;
		this.rig.client.suspend();
	}

	void discard(String id) {
		assertThat(this.rig.client.getDeadLetters().discard(id)).isEqualTo(this.dead.remove(id) != null);
	}

	/** Every message that is left arrives, and nothing of it stays anywhere. */
	void finish() {
		for (int i = 0; i < 50 && !(this.live.isEmpty() && isReady()); i++) {
			perform(new ModelStep.Connect());
			perform(new ModelStep.ReleaseWrites());
			perform(new ModelStep.AckAll());
			// an old connection may have to be given up
			perform(new ModelStep.Advance(1000));
		}
		perform(new ModelStep.ReleaseWrites());
		perform(new ModelStep.Advance(20_000));
		assertThat(this.live.values()).as("never delivered").isEmpty();
		for (String id : List.copyOf(this.dead.keySet())) {
			perform(new ModelStep.Discard(id));
		}
		assertThat(this.store.messages()).as("left in the store").isEmpty();
		Outbox outbox = ClientInternals.messages(this.rig.client).outbox();
		assertThat(outbox.isEmpty()).isTrue();
		assertThat(outbox).extracting("pendingWrites", "droppable.size").containsExactly(0, 0);
		// both maps are created when they are first used
		assertThat(outbox).extracting("droppable.byKey", "outcomes.ids.messages")
			.allMatch((map) -> map == null || map.equals(Map.of()));
		for (String id : this.known.values().stream().map((message) -> message.id).distinct().toList()) {
			perform(new ModelStep.Send(id, "k1", 0, false));
			assertThat(this.live).containsOnlyKeys(id);
			perform(new ModelStep.Ack(id, 1));
		}
		close();
	}

	void close() {
		CompletableFuture<Void> closed = this.rig.client.disconnect();
		this.rig.advance(Duration.ofMinutes(1));
		closed.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
	}

	void send(String id, @Nullable String key, int ttlMillis, boolean isVolatile) {
		boolean loading = this.rig.state() == ConnectionState.CONNECTING;
		boolean closed = !this.rig.state().acceptsMessages();
		long number = this.orders++;
		OutboundMessage message = OutboundMessage.text("p" + number).withId(id);
		message = (key != null) ? message.withKey(key) : message;
		message = isVolatile ? message.asVolatile() : message;
		message = (ttlMillis > 0) ? message.withTimeToLive(Duration.ofMillis(ttlMillis)) : message;
		String frame = "{\"id\":\"" + id + "\",\"data\":\"p" + number + "\"}";
		boolean notReady = isVolatile && !isReady();
		boolean duplicate = this.live.containsKey(id);
		boolean full = this.live.size() >= this.setup.capacity()
				|| (this.setup.maxBytes() > 0 && bytes() + frame.length() > this.setup.maxBytes());
		boolean replaces = key != null
				&& this.live.values().stream().anyMatch((one) -> key.equals(one.key) && !one.isPerhapsSent());
		CompletableFuture<Delivery> future = this.rig.client.send(message);
		Reason refused = null;
		if (closed) {
			refused = Reason.CLOSED;
		}
		else if (notReady) {
			refused = Reason.DROPPED;
		}
		else if (duplicate) {
			refused = Reason.REJECTED;
		}
		else if (full && !replaces && this.setup.overflow() != Overflow.DROP_OLDEST) {
			refused = (this.setup.overflow() == Overflow.DROP_NEWEST) ? Reason.DROPPED : Reason.REJECTED;
		}
		if (refused != null) {
			assertThat(Rig.undelivered(future).getReason()).as("refused, loading: %s", loading).isEqualTo(refused);
			return;
		}
		this.verdict.sent = new ModelMessage(id, frame, key, isVolatile,
				(ttlMillis > 0) ? now() + ttlMillis : ModelMessage.NEVER, number, future);
		this.live.put(id, this.verdict.sent);
		this.known.put(frame, this.verdict.sent);
	}

	void ack(String id) {
		if (!this.wires.isEmpty()) {
			boolean heard = isReady();
			look();
			ModelMessage message = this.live.get(id);
			if (heard && message != null && message.isCertainlySent()) {
				this.verdict.due.add(message);
			}
			lastWire().connection.text("{\"type\":\"ack\",\"messageId\":\"" + id + "\"}");
			if (heard) {
				this.verdict.acked.add(id);
				// repeated for one that was just delivered, it clears an older letter,
				// too
				if (message == null || !hasLetter(id)) {
					this.dead.remove(id);
				}
			}
		}
	}

	private boolean hasLetter(String id) {
		return this.rig.client.getDeadLetters().list().stream().anyMatch((one) -> one.id().equals(id));
	}

	void nack(String id) {
		if (isReady()) {
			lastWire().connection.text("{\"type\":\"nack\",\"messageId\":\"" + id + "\"}");
			this.verdict.nacked.add(id);
		}
	}

	void flap(int times) {
		this.verdict.interrupted = true;
		for (int i = 0; i < times && isReady(); i++) {
			lastWire().lose(0, 0);
			this.rig.client.reconnect();
			look();
		}
	}

	void giveUp() {
		if (!isReady()) {
			return;
		}
		this.verdict.interrupted = true;
		this.rig.transport.failWith(new DisconnectCause.HandshakeRefused(400, Map.of()));
		lastWire().lose(0, 0);
		this.rig.client.reconnect();
		this.rig.transport.autoOpen();
		assertThat(this.rig.state()).isEqualTo(ConnectionState.FAILED);
	}

	private void dial() {
		switch (this.rig.state()) {
			case IDLE, CLOSED, FAILED -> this.rig.client.connect();
			case BACKING_OFF -> this.rig.client.reconnect();
			case SUSPENDED -> this.rig.client.resume();
			default -> {
			}
		}
	}

	private void awaitLoaded() {
		await("the store is read on another thread").pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.rig.state() != ConnectionState.CONNECTING);
		this.rig.advanceMillis(0);
	}

	void disconnect() {
		this.verdict.interrupted = true;
		close();
		assertThat(this.rig.state()).isEqualTo(ConnectionState.CLOSED);
	}

	void resubmit(String id) {
		ModelMessage letter = this.dead.get(id);
		Integer attempts = this.rig.client.getDeadLetters()
			.list()
			.stream()
			.filter((one) -> one.id().equals(id))
			.map(DeadLetter::attempts)
			.findAny()
			.orElse(null);
		CompletableFuture<Delivery> future = this.rig.client.getDeadLetters().resubmit(id);
		if (letter == null || attempts == null) {
			assertThat(future).isCompletedExceptionally();
			return;
		}
		boolean accepted = this.rig.client.getDeadLetters().list().stream().noneMatch((one) -> one.id().equals(id));
		if (accepted) {
			this.dead.remove(id);
			this.verdict.sent = letter.resubmitted(this.orders++, attempts, future);
			this.live.put(id, this.verdict.sent);
		}
		else {
			Reason reason = Rig.undelivered(future).getReason();
			assertThat(this.live.containsKey(id) || reason != Reason.REJECTED || isFull()).isTrue();
		}
	}

	void crash(int kept) {
		check();
		this.startMillis = now();
		this.store.crash(kept);
		this.wires.clear();
		Map<String, ModelMessage> before = new LinkedHashMap<>(this.live);
		this.live.clear();
		this.dead.clear();
		Set<String> frames = new HashSet<>();
		for (OutboxRecord message : this.store.messages()) {
			ModelMessage origin = this.known.get(SlowStore.text(message));
			assertThat(origin).as("never sent: %s", SlowStore.text(message)).isNotNull();
			((message.death() == null) ? this.live : this.dead).put(origin.id,
					origin.recovered(this.orders++, message.attempts()));
			frames.add(SlowStore.text(message));
		}
		// a resubmission that was not finished
		this.dead.values()
			.removeIf((letter) -> this.live.values().stream().anyMatch((one) -> one.frame.equals(letter.frame)));
		before.values().removeIf((message) -> message.isVolatile);
		assertThat(frames).as("lost").containsAll(before.values().stream().map((message) -> message.frame).toList());
		this.rig = this.setup.rig(this.store, this.startMillis);
		check();
	}

	private void check() {
		this.rig.observed();
		look();
		this.live.values().removeIf(this.verdict::isDecided);
		assertThat(this.live.values()).as("acknowledged, and not delivered").noneMatch(this.verdict.due::contains);
		boolean inMemory = this.rig.state().acceptsMessages();
		assertThat(this.rig.client.getStatistics().getQueueSize()).as("queue size, with %s", this.live.values())
			.isEqualTo((inMemory) ? this.live.size() : 0);
		assertThat(this.rig.client.getStatistics().getQueueBytes()).isEqualTo((inMemory) ? bytes() : 0);
		assertThat(this.rig.client.getStatistics().getInFlight()).isBetween(0, this.setup.window());
		assertThat(this.rig.client.getDeadLetters().list()).extracting(DeadLetter::id)
			.containsExactlyInAnyOrderElementsOf(this.dead.keySet());
		assertThat(this.store.frames(false)).as("waiting in the store")
			.containsExactlyInAnyOrderElementsOf(this.live.values()
				.stream()
				.filter((message) -> !message.isVolatile)
				.map((message) -> message.frame)
				.toList());
		// what is discarded while the store is closed leaves it later
		if (this.rig.state() != ConnectionState.CLOSED) {
			assertThat(this.dead.values()).extracting((message) -> message.frame).containsAll(this.store.frames(true));
		}
	}

	// nothing waits much longer than it may; what expired while the client was closed
	// goes soon
	private void checkExpired(int millis) {
		check();
		if (this.rig.state().acceptsMessages() && millis > 500) {
			Set<String> handedOver = isReady() ? lastWire().ids : Set.of();
			long limit = now() - 500;
			assertThat(this.live.values()).as("expired before %d", limit)
				.noneMatch((message) -> message.expiresMillis < limit && !handedOver.contains(message.id));
		}
	}

	// what was handed to the transports meanwhile
	private void look() {
		List<ScriptedConnection> all = this.rig.transport.connections();
		while (this.wires.size() < all.size()) {
			this.wires.add(new ModelWire(all.get(this.wires.size()), this.live.values()));
		}
		this.wires.forEach(ModelWire::look);
	}

	private boolean isFull() {
		return this.live.size() >= this.setup.capacity() || (this.setup.maxBytes() > 0 && bytes() > 0);
	}

	private boolean isReady() {
		return this.rig.state() == ConnectionState.READY;
	}

	private ModelWire lastWire() {
		look();
		return this.wires.get(this.wires.size() - 1);
	}

	private long bytes() {
		return this.live.values().stream().mapToLong((message) -> message.frame.length()).sum();
	}

	long now() {
		return this.startMillis + this.rig.time.nanoTime() / 1_000_000;
	}

}
