package com.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;
import org.springframework.util.StringUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.ReceivedCopy;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code docs/kafka.md}, with its configuration, a broker, and a WebSocket
 * server that fails.
 */
class OrderForwarderTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int PARTITIONS = 3;

	private static final Pattern MESSAGE = Pattern.compile("\\{\"id\":\"([^\"]+)\".*");

	private static final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, PARTITIONS, "orders",
			"orders-dlt");

	private final TestWebSocketServer server = TestWebSocketServer.start();

	/** Ids that the server has acknowledged. */
	private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

	@BeforeAll
	static void startBroker() {
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stopBroker() {
		broker.destroy();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void codeOfThePageIsWhatIsTested() throws IOException {
		assertThat(block("java"))
			.isEqualTo(Files.readString(Path.of("src", "test", "java", "com", "example", "OrderForwarder.java")));
	}

	@Test
	void recordsArriveInOrderThoughTheServerFails() throws Exception {
		acknowledge((copy) -> copy.acknowledgement());
		List<String> ids = new ArrayList<>();
		try (ConfigurableApplicationContext context = run(); AdminClient admin = admin()) {
			for (int round = 0; round < 4; round++) {
				ids.addAll(produce(context, 300));
				this.server.seen().awaitTexts(this.server.seen().textCount() + 50, LIMIT);
				this.server.stop();
				assertThat(this.acknowledged).containsAll(committed(admin, ids));
				this.server.restart();
			}
			Awaitility.await().atMost(LIMIT).until(() -> committed(admin, ids).size() == ids.size());
		}
		for (int i = 0; i < PARTITIONS; i++) {
			String partition = "orders-" + i;
			assertThat(arrivals()).filteredOn((id) -> id.startsWith(partition))
				.containsExactlyElementsOf(ids.stream().filter((id) -> id.startsWith(partition)).toList());
		}
	}

	@Test
	void recordsThatWereNotAcknowledgedAreForwardedByTheNextInstance() throws Exception {
		acknowledge((copy) -> (endsWith(copy, "9")) ? copy.acknowledgement() : null);
		List<String> ids;
		try (AdminClient admin = admin()) {
			try (ConfigurableApplicationContext context = run("--resilient-ws.clients.shop.shutdown-timeout=100ms")) {
				ids = produce(context, 50);
				Awaitility.await().atMost(LIMIT).until(() -> arrivals().size() > 10 && !this.acknowledged.isEmpty());
			}
			assertThat(this.acknowledged).doesNotContainSequence(ids).containsAll(committed(admin, ids));
			this.server.forgetReplies();
			acknowledge((copy) -> copy.acknowledgement());
			try (ConfigurableApplicationContext next = run()) {
				Awaitility.await().atMost(LIMIT).until(() -> committed(admin, ids).size() == 50);
			}
		}
		assertThat(this.acknowledged).containsAll(ids);
	}

	@Test
	void recordsThatDoNotFitIntoTheOutboxAreForwardedLater() throws Exception {
		acknowledge((copy) -> copy.acknowledgement());
		this.server.stop();
		try (ConfigurableApplicationContext context = run("--resilient-ws.clients.shop.queue.capacity=10");
				AdminClient admin = admin()) {
			List<String> ids = produce(context, 90);
			ResilientWebSocketClient shop = context.getBean(ResilientWebSocketClient.class);
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> !shop.send("another").handle((sent, failure) -> failure == null).getNow(true));
			assertThat(committed(admin, ids)).isEmpty();
			this.server.restart();
			Awaitility.await().atMost(LIMIT).until(() -> committed(admin, ids).size() == ids.size());
			assertThat(this.acknowledged).containsAll(ids);
		}
	}

	@Test
	void recordsThatTheServerRefusesGoToTheDeadLetterTopic() throws Exception {
		acknowledge((copy) -> (endsWith(copy, "7")) ? "{\"type\":\"nack\",\"messageId\":\"" + copy.id() + "\"}"
				: copy.acknowledgement());
		try (ConfigurableApplicationContext context = run(); AdminClient admin = admin()) {
			List<String> ids = produce(context, 30);
			Awaitility.await().atMost(LIMIT).until(() -> committed(admin, ids).size() == ids.size());
			assertThat(this.acknowledged).hasSize(27);
			try (Consumer<String, String> consumer = new DefaultKafkaConsumerFactory<String, String>(
					KafkaTestUtils.consumerProps(broker, "dead-letters", true), new StringDeserializer(),
					new StringDeserializer())
				.createConsumer()) {
				broker.consumeFromAnEmbeddedTopic(consumer, "orders-dlt");
				assertThat(KafkaTestUtils.getRecords(consumer, LIMIT, 3)).extracting(ConsumerRecord::value)
					.containsExactlyInAnyOrder("7", "17", "27");
			}
		}
	}

	private void acknowledge(Function<ReceivedCopy, String> reply) {
		this.server.acknowledge().then((peer, copy) -> {
			String text = reply.apply(copy);
			if (text != null) {
				if (text.equals(copy.acknowledgement())) {
					this.acknowledged.add(copy.id());
				}
				peer.push(text);
			}
		});
	}

	// the payload is a JSON string
	private static boolean endsWith(ReceivedCopy copy, String digit) {
		return copy.text().endsWith(digit + "\"}");
	}

	/** Return the ids that the server received, without repetitions. */
	private List<String> arrivals() {
		return this.server.seen()
			.texts()
			.stream()
			.map((text) -> MESSAGE.matcher(text).replaceFirst("$1"))
			.distinct()
			.toList();
	}

	/** Send records whose values are numbers, and return the ids of their messages. */
	private static List<String> produce(ConfigurableApplicationContext context, int number) throws Exception {
		KafkaTemplate<?, ?> template = context.getBean(KafkaTemplate.class);
		@SuppressWarnings("unchecked")
		KafkaTemplate<String, String> kafka = (KafkaTemplate<String, String>) template;
		List<CompletableFuture<SendResult<String, String>>> results = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			results.add(kafka.send("orders", i % PARTITIONS, null, Integer.toString(i)));
		}
		List<String> ids = new ArrayList<>();
		for (CompletableFuture<SendResult<String, String>> result : results) {
			RecordMetadata record = result.get().getRecordMetadata();
			ids.add("orders-" + record.partition() + "-" + record.offset());
		}
		return ids;
	}

	private static AdminClient admin() {
		return AdminClient.create(Map.of("bootstrap.servers", broker.getBrokersAsString()));
	}

	/** Return those of the ids whose records are before the committed offsets. */
	private static List<String> committed(AdminClient admin, List<String> ids) throws Exception {
		Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("order-forwarder")
			.partitionsToOffsetAndMetadata()
			.get();
		return ids.stream().filter((id) -> {
			String[] parts = id.split("-");
			OffsetAndMetadata committed = offsets.get(new TopicPartition(parts[0], Integer.parseInt(parts[1])));
			return committed != null && Long.parseLong(parts[2]) < committed.offset();
		}).toList();
	}

	private static String block(String language) throws IOException {
		String page = Files.readString(Path.of("..", "..", "docs", "kafka.md"));
		Matcher block = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
			.matcher(page);
		assertThat(block.find()).isTrue();
		return block.group(1);
	}

	private ConfigurableApplicationContext run(String... arguments) throws IOException {
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("docs/kafka.md",
				new ByteArrayResource(block("yaml").getBytes(StandardCharsets.UTF_8)));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers((context) -> sources.forEach(context.getEnvironment().getPropertySources()::addLast))
			.run(StringUtils.concatenateStringArrays(arguments,
					new String[] { "--spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
							"--resilient-ws.clients.shop.url=" + this.server.url() }));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(OrderForwarder.class)
	static class Application {

	}

}
