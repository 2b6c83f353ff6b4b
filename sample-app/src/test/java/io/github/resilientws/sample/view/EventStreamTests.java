package io.github.resilientws.sample.view;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class EventStreamTests {

	private final EventStream stream = new EventStream(new JsonMapper());

	@AfterEach
	void stop() {
		this.stream.stop();
	}

	@Test
	void pageGetsItsFirstEventAndThoseThatFollowInOrder() {
		MvcTestResult page = MockMvcTester.of(new Pages(this.stream)).get().uri("/events").asyncExchange();
		IntStream.range(0, 100).forEach((i) -> this.stream.publish("n", i));
		StringBuilder expected = new StringBuilder("event:hello\ndata:{\"text\":\"Grüße\"}\n\n");
		IntStream.range(0, 100).forEach((i) -> expected.append("event:n\ndata:").append(i).append("\n\n"));
		await().untilAsserted(() -> assertThat(new String(page.getResponse().getContentAsByteArray(), "UTF-8"))
			.isEqualTo(expected.toString()));
	}

	@Test
	void pageThatIsGoneIsForgotten() {
		List<Page> gone = new CopyOnWriteArrayList<>();
		SseEmitter closed = new SseEmitter() {
			@Override
			public void send(SseEventBuilder builder) throws IOException {
				throw new IOException("broken pipe");
			}
		};
		Page page = new Page(closed, Runnable::run, gone::add);
		page.send("n", "1");
		assertThat(gone).containsExactly(page);
	}

	@Test
	void pageThatFallsTooFarBehindIsDisconnectedAndDelaysNoOther() {
		CountDownLatch stuck = new CountDownLatch(1);
		List<Page> gone = new CopyOnWriteArrayList<>();
		SseEmitter slow = new SseEmitter() {
			@Override
			public void send(SseEventBuilder builder) {
				try {
					stuck.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		};
		Page page = new Page(slow, (task) -> new Thread(task).start(), gone::add);
		IntStream.range(0, 2100).forEach((i) -> page.send("n", "1"));
		assertThat(gone).contains(page);
		stuck.countDown();
	}

	@Test
	void pagesAreBounded() {
		IntStream.range(0, 50).forEach((i) -> this.stream.open("hello", () -> "x"));
		assertThatExceptionOfType(TooManyPagesException.class).isThrownBy(() -> this.stream.open("hello", () -> "x"));
	}

	@RestController
	static class Pages {

		private final EventStream stream;

		Pages(EventStream stream) {
			this.stream = stream;
		}

		@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		SseEmitter events() {
			return this.stream.open("hello", () -> Map.of("text", "Grüße"));
		}

	}

}
