package io.github.resilientws.metrics;

import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.github.resilientws.FakeClient;

import static org.assertj.core.api.Assertions.assertThat;

class PrometheusNamesTests {

	@Test
	void namesAreThoseThatAPrometheusUserExpects() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new ClientMetrics(registry, "chat").bindTo(new FakeClient("chat"));
		Set<String> names = registry.scrape()
			.lines()
			.filter((line) -> line.startsWith("# TYPE ") && !line.endsWith("_max gauge"))
			.map((line) -> line.substring("# TYPE resilient_ws_".length()))
			.collect(Collectors.toSet());
		assertThat(names).containsExactlyInAnyOrder("ready gauge", "state gauge", "next_attempt_delay_seconds gauge",
				"last_received_age_seconds gauge", "queue_size gauge", "queue_bytes gauge", "queue_age_seconds gauge",
				"inflight gauge", "dead_letters gauge", "inbound_queue_size gauge", "connect_attempts_total counter",
				"disconnects_total counter", "messages_sent_total counter", "messages_resent_total counter",
				"messages_received_total counter", "messages_dropped_total counter", "heartbeat_missed_total counter",
				"connect_duration_seconds summary", "outage_duration_seconds summary", "heartbeat_rtt_seconds summary",
				"listener_duration_seconds summary", "delivery_duration_seconds summary", "requests_pending gauge",
				"subscriptions gauge", "request_duration_seconds summary", "answer_duration_seconds summary");
	}

}
