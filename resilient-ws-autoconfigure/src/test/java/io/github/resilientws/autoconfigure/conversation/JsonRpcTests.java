package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.DescribedFailure;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code json-rpc.md}.
 */
class JsonRpcTests extends Conversation {

	@Test
	void repliesAreFoundByTheirIds() {
		startConnected("protocol: json-rpc");
		CompletableFuture<String> chain = this.client.convertSendAndReceive("eth_chainId", null, String.class);
		CompletableFuture<Block> block = this.client.convertSendAndReceive("eth_getBlockByNumber",
				List.of("latest", false), Block.class);
		assertSent("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[]}",
				"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_getBlockByNumber\",\"params\":[\"latest\",false]}");
		server().text("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"number\":\"0x10\"}}");
		server().text("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}");
		assertThat(chain).succeedsWithin(LIMIT).isEqualTo("0x1");
		assertThat(block).succeedsWithin(LIMIT).isEqualTo(new Block("0x10"));
	}

	@Test
	void refusalHasTheErrorOfTheServer() {
		startConnected("protocol: json-rpc");
		CompletableFuture<String> reply = this.client.convertSendAndReceive("eth_nothing", null, String.class);
		server().text("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
		assertThat(refusal(reply).getPayload(RpcError.class)).isEqualTo(new RpcError(-32601, "Method not found"));
	}

	@Test
	void notificationsHaveNoId() {
		startConnected("protocol: json-rpc", Peer.class);
		this.client.convertAndSend("progress", Map.of("percent", 50));
		assertSent("{\"jsonrpc\":\"2.0\",\"method\":\"progress\",\"params\":{\"percent\":50}}");
		server().text("{\"jsonrpc\":\"2.0\",\"method\":\"progress\",\"params\":{\"percent\":60}}");
		eventually(() -> assertThat(bean(Peer.class).progress).isEqualTo(new Progress(60)));
	}

	@Test
	void questionsOfTheServerAreAnswered() {
		startConnected("protocol: json-rpc", Peer.class);
		// the id of a request that waits for its reply
		this.client.convertSendAndReceive("eth_chainId", null, String.class);
		assertSent("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[]}");
		server().text("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sum\",\"params\":[1,2,3]}");
		assertSent("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":6}");
		server().text("{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"sum\",\"params\":[]}");
		assertSent("{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"error\":{\"code\":-32603,\"message\":\"nothing to add\"}}");
		server().text("{\"jsonrpc\":\"2.0\",\"id\":\"c\",\"method\":\"nothing\"}");
		assertSent("{\"jsonrpc\":\"2.0\",\"id\":\"c\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
	}

	@Test
	void subscriptionHasAnotherNameOnEachConnection() {
		property("NODE_KEY", "k3y");
		startConnected("eth_subscribe");
		WebSocketSubscription heads = this.client.subscribe("newHeads", Block.class, this.received::add);
		assertSent(subscribe("newHeads"));
		server().text("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xaa\"}");
		assertThat(heads.active()).succeedsWithin(LIMIT);
		server().text(head("0xaa", "0x10"));
		assertReceived(new Block("0x10"));

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent(subscribe("newHeads"));
		server().text("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xbb\"}");
		server().text(head("0xaa", "0x11"));
		server().text(head("0xbb", "0x12"));
		assertReceived(new Block("0x10"), new Block("0x12"));

		heads.close();
		assertSent("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_unsubscribe\",\"params\":[\"0xbb\"]}");
	}

	@Test
	void refusedSubscriptionEnds() {
		property("NODE_KEY", "k3y");
		startConnected("eth_subscribe");
		WebSocketSubscription nothing = this.client.subscribe("nothing", Block.class, this.received::add);
		server().text("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"invalid params\"}}");
		assertThat(refusal(nothing.active()).getPayload(RpcError.class).code()).isEqualTo(-32602);
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent();
	}

	@Test
	void messageIsSentAgainUntilItsResult() {
		startConnected("at-least-once");
		CompletableFuture<Delivery> delivery = this.client.convertAndSend("submit", Map.of("number", 17));
		String call = nextSent(1).get(0);
		assertThat(call)
			.matches("\\{\"jsonrpc\":\"2.0\",\"id\":[0-9]{16},\"method\":\"submit\",\"params\":\\{\"number\":17}}");
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent(call);
		server().text("{\"jsonrpc\":\"2.0\",\"id\":" + call.substring(22, 38) + ",\"result\":null}");
		assertThat(delivery).succeedsWithin(LIMIT);
	}

	private void startConnected(String part, Class<?>... sources) {
		startPage("json-rpc.md", part, sources);
		this.client.connect();
		assertSent();
	}

	private static String subscribe(String topic) {
		return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"" + topic + "\"]}";
	}

	private static String head(String subscription, String number) {
		return "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"" + subscription
				+ "\",\"result\":{\"number\":\"" + number + "\"}}}";
	}

	static class Peer {

		private volatile Progress progress;

		@WebSocketListener(client = "node", when = "/method = sum", payload = "/params")
		int sum(List<Integer> numbers) {
			return numbers.stream().reduce(Integer::sum).orElseThrow(NothingToAdd::new);
		}

		@WebSocketListener(client = "node", when = "/method = progress", payload = "/params")
		void progress(Progress progress) {
			this.progress = progress;
		}

	}

	static class NothingToAdd extends RuntimeException implements DescribedFailure {

		@Override
		public String getDescription() {
			return "nothing to add";
		}

	}

	record Block(String number) {

	}

	record RpcError(int code, String message) {

	}

	record Progress(int percent) {

	}

}
