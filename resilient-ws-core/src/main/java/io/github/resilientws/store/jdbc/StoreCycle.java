package io.github.resilientws.store.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.jdbc.MessageRow;
import io.github.resilientws.internal.jdbc.RowKey;
import io.github.resilientws.store.UndecidedException;
import io.github.resilientws.store.jdbc.StoreRequests.Append;
import io.github.resilientws.store.jdbc.StoreRequests.Call;
import io.github.resilientws.store.jdbc.StoreRequests.End;
import io.github.resilientws.store.jdbc.StoreRequests.Removal;

/**
 * All statements of one store. One cycle runs at a time: it does what waits, each kind of
 * request with as few statements as possible. A lost connection ends the cycle; an error
 * of one request does not.
 */
final class StoreCycle {

	private static final Log logger = LogFactory.getLog(JdbcOutboxStore.class);

	private static final String LOST_CONNECTION = "the connection to the database was lost";

	private static final int MOST_CALLS = 64;

	private static final long CLOCK_NANOS = Duration.ofSeconds(5).toNanos();

	private final String client;

	private final LineTables tables;

	private final StoreRequests requests;

	private final StoreStatus status;

	private final EndedMessages ended;

	private boolean contacted;

	private long clockAt;

	private @Nullable RuntimeException firstFailure;

	StoreCycle(String client, LineTables tables, StoreRequests requests, StoreStatus status, EndedMessages ended) {
		this.client = client;
		this.tables = tables;
		this.requests = requests;
		this.status = status;
		this.ended = ended;
	}

	/**
	 * Run a cycle.
	 * @param feed the feed if this store owns the line, or {@code null}
	 * @param lookDue whether to look for messages even if none was appended
	 * @return what is left to do
	 */
	Result run(@Nullable LineFeed feed, boolean lookDue) {
		this.firstFailure = null;
		boolean more = false;
		try {
			contact();
			resolve(feed);
			boolean look = write(feed) || lookDue;
			end(feed);
			more = look && look(feed);
			call();
			clean(feed);
		}
		catch (RuntimeException ex) {
			onFailure(ex);
			if (feed != null) {
				feed.reset();
			}
		}
		if (this.firstFailure == null) {
			this.status.onSuccess();
			return (more) ? Result.MORE : Result.DONE;
		}
		this.status.onFailure(this.firstFailure);
		String problem = this.status.unavailable();
		if (problem != null) {
			this.requests.failWaiting(problem);
		}
		return Result.FAILED;
	}

	private void onFailure(RuntimeException ex) {
		logger.debug("[" + this.client + "] statement failed", ex);
		if (this.firstFailure == null || FailureKind.of(ex) != FailureKind.REFUSED) {
			this.firstFailure = ex;
		}
	}

	// continue the cycle only if the connection is not the problem
	private void onRefusal(RuntimeException ex) {
		if (FailureKind.of(ex) != FailureKind.REFUSED) {
			throw ex;
		}
		onFailure(ex);
	}

	private void contact() {
		long now = System.nanoTime();
		if (!this.contacted || this.status.isDown() || now - this.clockAt > CLOCK_NANOS) {
			this.status.measure(null, () -> {
				this.tables.contact();
				return true;
			});
			this.contacted = true;
			this.clockAt = now;
			// before a future completes whose dependents use the store
			if (this.status.isDown()) {
				this.status.onSuccess();
			}
		}
	}

	private void resolve(@Nullable LineFeed feed) {
		List<Append> undecided = this.requests.undecided();
		if (undecided.isEmpty()) {
			return;
		}
		Set<String> ids = new HashSet<>();
		undecided.forEach((append) -> ids.addAll(append.ids()));
		Map<String, Long> positions = this.status.measure("find", () -> this.tables.messages().findOwn(ids));
		this.requests.removeUndecided(undecided);
		for (Append append : undecided) {
			List<String> messageIds = append.ids();
			boolean certain = feed != null && feed.hasMissedNone(messageIds, append.since);
			if (messageIds.stream().anyMatch(positions::containsKey) || (append.transactional && certain)) {
				append.complete(positions);
				continue;
			}
			if (feed != null && !append.transactional) {
				feed.discard(messageIds);
			}
			append.future.completeExceptionally(
					certain ? new IOException(LOST_CONNECTION + "; it is certain that the message is not stored")
							: new UndecidedException(LOST_CONNECTION + "; either the message was not stored, or another"
									+ " instance has delivered it"));
		}
	}

	private static IOException notStored(RuntimeException ex) {
		return new IOException(FailureKind.describe(ex));
	}

	// returns whether something was appended
	private boolean write(@Nullable LineFeed feed) {
		// appends first: the ids of removals that are taken no longer wait
		List<Append> appends = this.requests.takeAppends();
		List<Removal> removals = this.requests.takeRemovals();
		if (appends.isEmpty() && removals.isEmpty()) {
			return false;
		}
		try {
			write(feed, appends, removals);
		}
		catch (RuntimeException ex) {
			boolean several = appends.size() + Math.min(removals.size(), 1) > 1;
			if (several && FailureKind.of(ex) == FailureKind.REFUSED) {
				writeOneByOne(feed, appends, removals);
			}
			else {
				onWriteFailure(feed, appends, removals, ex);
			}
		}
		return !appends.isEmpty();
	}

	// one bad row must not harm the others
	private void writeOneByOne(@Nullable LineFeed feed, List<Append> appends, List<Removal> removals) {
		int done = 0;
		try {
			if (!removals.isEmpty()) {
				attempt(feed, List.of(), removals);
			}
			for (Append append : appends) {
				done++;
				attempt(feed, List.of(append), List.of());
			}
		}
		finally {
			// after a lost connection the rest was not sent
			for (Append append : appends.subList(done, appends.size())) {
				discard(feed, append);
				append.future.completeExceptionally(new IOException(LOST_CONNECTION));
			}
		}
	}

	private void attempt(@Nullable LineFeed feed, List<Append> appends, List<Removal> removals) {
		try {
			write(feed, appends, removals);
		}
		catch (RuntimeException ex) {
			onWriteFailure(feed, appends, removals, ex);
		}
	}

	private void write(@Nullable LineFeed feed, List<Append> appends, List<Removal> removals) {
		List<RowKey> keys = new ArrayList<>();
		removals.forEach((removal) -> keys.addAll(removal.keys()));
		Map<String, Long> positions = this.status.measure((appends.isEmpty()) ? "remove" : "append",
				() -> insert(feed, appends, keys));
		Map<String, Long> left = new HashMap<>(positions);
		for (Append append : appends) {
			append.complete(left);
			// the same id in a later append is a duplicate
			append.ids().forEach(left::remove);
		}
		removals.forEach((removal) -> removal.future().complete(null));
	}

	private Map<String, Long> insert(@Nullable LineFeed feed, List<Append> appends, List<RowKey> deleted) {
		List<MessageRow> rows = new ArrayList<>();
		appends.forEach((append) -> append.messages
			.forEach((message) -> rows.add(this.tables.toRow(message, this.tables.origin()))));
		return (feed != null) ? feed.write(rows, deleted) : this.tables.messages().write(rows, deleted).positions();
	}

	private void onWriteFailure(@Nullable LineFeed feed, List<Append> appends, List<Removal> removals,
			RuntimeException ex) {
		this.requests.putBack(removals);
		if (FailureKind.of(ex) == FailureKind.UNKNOWN_OUTCOME) {
			this.requests.addUndecided(appends);
			throw ex;
		}
		for (Append append : appends) {
			discard(feed, append);
			append.future.completeExceptionally(notStored(ex));
		}
		if (!removals.isEmpty() || !FailureKind.isDataError(ex)) {
			onRefusal(ex);
		}
	}

	private static void discard(@Nullable LineFeed feed, Append append) {
		if (feed != null) {
			feed.discard(append.ids());
		}
	}

	private void end(@Nullable LineFeed feed) {
		List<End> ends = this.requests.takeEnds();
		if (ends.isEmpty()) {
			return;
		}
		try {
			end(feed, ends);
		}
		catch (RuntimeException ex) {
			boolean perhapsDone = FailureKind.of(ex) == FailureKind.UNKNOWN_OUTCOME;
			if (ends.size() == 1 || FailureKind.of(ex) != FailureKind.REFUSED) {
				this.requests.putBackEnds(ends, perhapsDone);
				onRefusal(ex);
				return;
			}
			for (int i = 0; i < ends.size(); i++) {
				endAlone(feed, ends.subList(i, ends.size()));
			}
		}
	}

	private void endAlone(@Nullable LineFeed feed, List<End> ends) {
		try {
			end(feed, ends.subList(0, 1));
		}
		catch (RuntimeException ex) {
			this.requests.putBackEnds(ends.subList(0, 1), FailureKind.of(ex) == FailureKind.UNKNOWN_OUTCOME);
			if (FailureKind.of(ex) != FailureKind.REFUSED) {
				this.requests.putBackEnds(ends.subList(1, ends.size()), false);
			}
			onRefusal(ex);
		}
	}

	private void end(@Nullable LineFeed feed, List<End> ends) {
		List<Boolean> ended = this.status.measure("end", () -> this.ended.end(this.tables, ends));
		for (int i = 0; i < ends.size(); i++) {
			if (feed != null) {
				feed.forget(ends.get(i).key());
			}
			ends.get(i).future().complete(ended.get(i));
		}
	}

	private boolean look(@Nullable LineFeed feed) {
		if (feed == null || feed.isClosed()) {
			return false;
		}
		try {
			return this.status.measure("look", feed::look);
		}
		catch (RuntimeException ex) {
			onRefusal(ex);
			return false;
		}
	}

	private void call() {
		for (int i = 0; i < MOST_CALLS; i++) {
			Call<?> call = this.requests.takeCall();
			if (call == null) {
				return;
			}
			execute(call);
		}
	}

	private <T> void execute(Call<T> call) {
		T result;
		try {
			result = this.status.measure(call.operation(), () -> call.task().apply(this.tables));
		}
		catch (RuntimeException ex) {
			call.future().completeExceptionally(new IOException(FailureKind.describe(ex)));
			onRefusal(ex);
			return;
		}
		call.future().complete(result);
	}

	private void clean(@Nullable LineFeed feed) {
		if (feed == null || feed.isClosed()) {
			return;
		}
		try {
			this.ended.clean(this.tables);
		}
		catch (RuntimeException ex) {
			onRefusal(ex);
		}
	}

	/**
	 * What is left to do after a cycle.
	 */
	enum Result {

		/** Nothing that is known. */
		DONE,

		/** More messages are to be read. */
		MORE,

		/** What failed. */
		FAILED

	}

}
