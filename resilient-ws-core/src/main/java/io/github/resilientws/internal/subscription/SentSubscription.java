package io.github.resilientws.internal.subscription;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.request.Reply;
import io.github.resilientws.internal.request.ReplyHandler;
import io.github.resilientws.internal.subscription.SubscriptionTemplates.Confirmation;
import io.github.resilientws.internal.subscription.SubscriptionWriter.Text;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.transport.OutboundPayload;

/**
 * A subscription on one connection. Confined to the client's executor.
 */
final class SentSubscription implements Text, ReplyHandler {

	private final ConnectionSubscriptions connection;

	private final Subscription subscription;

	// of the confirmation, then of the back-off
	private final RestartableTimer timer;

	private final RenewalBackOff backOff;

	private Phase phase = Phase.WAITING;

	// of the last text
	private @Nullable Object id;

	// as {{key}}, and in messages
	private @Nullable Object keyValue;

	private @Nullable String key;

	private boolean timedOut;

	private long activeSinceNanos;

	SentSubscription(ConnectionSubscriptions connection, Subscription subscription) {
		this.connection = connection;
		this.subscription = subscription;
		this.timer = new RestartableTimer(connection.context().executor());
		this.backOff = new RenewalBackOff(connection.context().settings().reconnect(), connection.context().random());
	}

	Subscription subscription() {
		return this.subscription;
	}

	String destination() {
		return this.subscription.request().destination();
	}

	@Nullable Object id() {
		return this.id;
	}

	@Nullable String key() {
		return this.key;
	}

	boolean isTimedOut() {
		return this.timedOut;
	}

	@Override
	public boolean isAnswered() {
		return this.connection.templates().confirmation() == Confirmation.REPLY;
	}

	@Override
	public @Nullable OutboundPayload render() {
		Object next = this.connection.templates()
			.sendId(this.subscription.request().text().givenId(), this.connection.replies());
		this.id = next;
		try {
			OutboundPayload text = this.connection.encode(this.subscription.request()
				.text()
				.render((name) -> name.equals("id") ? next : null, this.connection.values()));
			if (isAnswered() && !this.connection.replies().add(idText(), this)) {
				throw new MessageRefusedException("another request with this id has no reply yet");
			}
			this.phase = Phase.SENT;
			this.timedOut = false;
			setKey(this.connection.keyOf(this));
			this.connection.sent(this);
			this.timer.set(this::onTimeout, this.connection.timeoutNanos());
			return text;
		}
		catch (MessageRefusedException ex) {
			this.phase = Phase.ENDED;
			this.connection.forget(this);
			this.connection.registry().rejected(this.subscription, idText(), ex);
			return null;
		}
	}

	private void setKey(@Nullable Object value) {
		this.keyValue = value;
		this.key = (value != null) ? value.toString() : null;
	}

	@Override
	public void onWritten() {
		if (this.phase == Phase.SENT && this.connection.templates().confirmation() == Confirmation.WRITTEN) {
			confirm(null);
		}
	}

	@Override
	public void onReply(Reply reply) {
		if (this.phase == Phase.ENDED) {
			this.timer.cancel();
		}
		else if (reply.refused()) {
			refuse(reply);
		}
		else {
			confirm(reply.message());
		}
	}

	@Override
	public void onConnectionLost() {
		this.timer.cancel();
	}

	/**
	 * The confirmation arrived.
	 * @param message the confirmation, or {@code null} if there is none
	 */
	void confirm(@Nullable ParsedMessage message) {
		this.timer.cancel();
		Locator locator = this.connection.keyLocator();
		if (locator != null) {
			this.keyValue = (message != null) ? message.findValue(locator) : null;
			this.key = (message != null) ? message.find(locator) : null;
			if (this.key == null) {
				this.connection.keyMissing();
			}
		}
		if (this.phase == Phase.CANCELLING) {
			this.phase = Phase.ENDED;
			this.connection.forget(this);
			writeCancellation();
			return;
		}
		this.phase = Phase.ACTIVE;
		this.timedOut = false;
		this.activeSinceNanos = this.connection.context().executor().nanoTime();
		this.connection.confirmed(this);
		this.connection.registry().confirmed(this.subscription);
	}

	/**
	 * The server refuses the subscription.
	 * @param refusal its message
	 */
	void refuse(Reply refusal) {
		boolean cancelled = this.phase == Phase.CANCELLING;
		leave();
		if (!cancelled) {
			this.connection.registry().refused(this.subscription, idText(), refusal);
		}
	}

	/**
	 * The server has finished the subscription.
	 * @param refusal its message
	 */
	void finish(Reply refusal) {
		leave();
		this.connection.registry().finished(this.subscription, refusal.whole());
	}

	/** The server has dropped the subscription: subscribe again, after a back-off. */
	void renew() {
		long now = this.connection.context().executor().nanoTime();
		long active = (this.phase == Phase.ACTIVE) ? now - this.activeSinceNanos : 0;
		this.connection.unassign(this);
		this.connection.replies().remove(idText(), this);
		this.phase = Phase.RENEWING;
		this.connection.registry().unconfirmed(this.subscription);
		this.timer.set(() -> {
			this.phase = Phase.WAITING;
			this.connection.write(this);
		}, this.backOff.next(active));
	}

	/** No listener is left. */
	void cancel() {
		switch (this.phase) {
			case SENT -> {
				if (this.key == null && this.connection.templates().cancelNeedsKey()) {
					this.phase = Phase.CANCELLING;
				}
				else {
					leave();
					writeCancellation();
				}
			}
			case ACTIVE -> {
				leave();
				writeCancellation();
			}
			default -> {
				this.connection.withdraw(this);
				leave();
			}
		}
	}

	void stop() {
		this.timer.cancel();
		this.phase = Phase.ENDED;
	}

	// a reply that is still awaited is ignored, and takes room until then
	private void leave() {
		boolean awaited = isAnswered() && this.phase == Phase.SENT && !this.timedOut;
		this.phase = Phase.ENDED;
		this.connection.forget(this);
		if (!awaited) {
			this.timer.cancel();
			this.connection.replies().remove(idText(), this);
		}
	}

	private void onTimeout() {
		switch (this.phase) {
			case SENT -> {
				this.timedOut = true;
				this.connection.replies().release(idText(), this);
				this.connection.registry().timedOut(this.subscription);
			}
			case CANCELLING, ENDED -> {
				this.phase = Phase.ENDED;
				this.connection.forget(this);
				this.connection.replies().remove(idText(), this);
			}
			default -> {
				// confirmed
			}
		}
	}

	private void writeCancellation() {
		Template cancel = this.connection.templates().cancel();
		if (cancel != null) {
			this.connection.write(new Cancellation(cancel));
		}
	}

	private String idText() {
		return (this.id != null) ? this.id.toString() : "";
	}

	private enum Phase {

		/** The text waits to be written. */
		WAITING,

		/** Not confirmed yet. */
		SENT,

		/** Confirmed. */
		ACTIVE,

		/** Waits until the text is written again. */
		RENEWING,

		/** Has no listener; its key, which the cancellation needs, is not known yet. */
		CANCELLING,

		/** Cancelled, refused or finished. */
		ENDED

	}

	/**
	 * The text that unsubscribes. Its reply is ignored.
	 */
	private final class Cancellation implements Text, ReplyHandler {

		private final Template template;

		private final RestartableTimer timer = new RestartableTimer(
				SentSubscription.this.connection.context().executor());

		Cancellation(Template template) {
			this.template = template;
		}

		@Override
		public boolean isAnswered() {
			return SentSubscription.this.connection.templates().cancelAnswered();
		}

		@Override
		public @Nullable OutboundPayload render() {
			ConnectionSubscriptions owner = SentSubscription.this.connection;
			Object cancelId = owner.templates().cancelId(owner.replies());
			Function<String, @Nullable Object> own = (name) -> switch (name) {
				case "id" -> cancelId;
				case "key" -> SentSubscription.this.keyValue;
				case "subscription" -> SentSubscription.this.id;
				default -> null;
			};
			OutboundPayload text;
			try {
				text = owner.encode(SentSubscription.this.subscription.request()
					.text()
					.in(this.template)
					.render(own, owner.values()));
			}
			catch (MessageRefusedException ex) {
				// the server goes on, and its messages are ordinary ones
				owner.registry().warnings().notCancelled(ex.detail());
				return null;
			}
			if (isAnswered() && cancelId != null && owner.replies().add(cancelId.toString(), this)) {
				this.timer.set(() -> owner.replies().remove(cancelId.toString(), this), owner.timeoutNanos());
			}
			return text;
		}

		@Override
		public void onReply(Reply reply) {
			this.timer.cancel();
		}

		@Override
		public void onConnectionLost() {
			this.timer.cancel();
		}

	}

}
