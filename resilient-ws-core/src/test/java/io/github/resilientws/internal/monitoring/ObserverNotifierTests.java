package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.RequestOutcome;
import io.github.resilientws.WebSocketDeliveryException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Notifications while observers are busy.
 */
class ObserverNotifierTests {

	@Test
	void endsOfQuestionsDoNotPileUpWhileAnObserverBlocks() {
		Queue<Runnable> waiting = new ArrayDeque<>();
		Queue<QuestionOutcome> ended = new ArrayDeque<>();
		ObserverNotifier notifier = new ObserverNotifier("chat", waiting::add, List.of(new ClientObserver() {
			@Override
			public void questionEnded(String client, QuestionOutcome outcome, Duration elapsed) {
				ended.add(outcome);
			}
		}));
		for (int i = 0; i < 20_000; i++) {
			notifier.questionEnded(QuestionOutcome.SUCCESS, Duration.ZERO);
		}
		assertThat(waiting).hasSize(10_000);
		waiting.remove().run();
		notifier.questionEnded(QuestionOutcome.FAILURE, Duration.ZERO);
		waiting.forEach(Runnable::run);
		assertThat(ended).hasSize(10_001).last().isEqualTo(QuestionOutcome.FAILURE);
	}

	@Test
	void endsOfDeliveriesReachObserversOfDeliveriesOnly() {
		List<Duration> ended = new ArrayList<>();
		ClientObserver other = new ClientObserver() {
		};
		ClientObserver failing = new ClientObserver() {
			@Override
			public void deliveryEnded(String client, boolean success, Duration elapsed) {
				throw new IllegalStateException("fails");
			}
		};
		class Base implements ClientObserver {

			@Override
			public void deliveryEnded(String client, boolean success, Duration elapsed) {
				ended.add(elapsed);
			}

		}
		class Inheriting extends Base {

		}
		ObserverNotifier notifier = new ObserverNotifier("chat", Runnable::run,
				List.of(other, failing, new Inheriting()));
		notifier.deliveryEnded(true, Duration.ofMillis(1));
		assertThat(ended).containsExactly(Duration.ofMillis(1));
	}

	@Test
	void frequentEventsWakeNoThreadIfNoObserverHandlesThem() {
		List<Runnable> tasks = new ArrayList<>();
		raiseFrequentEvents(new ObserverNotifier("chat", tasks::add, List.of(new ClientObserver() {
		})));
		assertThat(tasks).isEmpty();
		raiseFrequentEvents(new ObserverNotifier("chat", tasks::add, List.of(new ClientObserver() {
			@Override
			public void heartbeatAnswered(String client, Duration roundTrip) {
			}
		})));
		assertThat(tasks).hasSize(1);
	}

	private static void raiseFrequentEvents(ObserverNotifier notifier) {
		notifier.heartbeatAnswered(Duration.ZERO);
		notifier.messageDropped("1", Reason.DROPPED);
		notifier.questionEnded(QuestionOutcome.SUCCESS, Duration.ZERO);
		notifier.requestEnded(RequestOutcome.SUCCESS, Duration.ZERO);
	}

}
