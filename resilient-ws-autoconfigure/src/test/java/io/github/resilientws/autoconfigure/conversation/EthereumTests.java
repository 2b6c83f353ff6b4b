package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/ethereum.yml}.
 */
class EthereumTests extends Conversation {

	@BeforeEach
	void start() {
		property("NODE_KEY", "1234");
		startFile("ethereum.yml");
		this.client.connect();
	}

	@Test
	void callsHaveReplies() {
		assertThat(server().request().url()).hasToString("wss://mainnet.example.com/v3/1234");

		CompletableFuture<Block> block = this.client.convertSendAndReceive("eth_getBlockByNumber",
				List.of("latest", false), Block.class);
		CompletableFuture<Object> nothing = this.client.convertSendAndReceive("eth_nothing", null, Object.class);
		assertSent("""
				{"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["latest",false]}""", """
				{"jsonrpc":"2.0","id":2,"method":"eth_nothing","params":[]}""");

		server().text("""
				{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"the method eth_nothing does not exist"}}""");
		server().text("""
				{"jsonrpc":"2.0","id":1,"result":{"number":"0x1b4"}}""");
		assertThat(block).succeedsWithin(LIMIT).isEqualTo(new Block("0x1b4"));
		assertThat(refusal(nothing).getPayload(Refusal.class).code()).isEqualTo(-32601);
	}

	@Test
	void subscriptionHasTheNameThatTheNodeGivesOnEachConnection() {
		WebSocketSubscription heads = this.client.subscribe("newHeads", Block.class, this.received::add);
		assertSent("""
				{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}""");
		server().text("""
				{"jsonrpc":"2.0","id":1,"result":"0x9cef478923ff08bf67fde6c64013158d"}""");
		assertThat(heads.active()).succeedsWithin(LIMIT);
		server().text("""
				{"jsonrpc":"2.0","method":"eth_subscription","params":{"result":{"number":"0x1b4"},\
				"subscription":"0x9cef478923ff08bf67fde6c64013158d"}}""");
		assertReceived(new Block("0x1b4"));

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent("""
				{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}""");
		server().text("""
				{"jsonrpc":"2.0","id":1,"result":"0xcd0c3e8af590364c09d0fa6a1210faf5"}""");
		server().text("""
				{"jsonrpc":"2.0","method":"eth_subscription","params":{"result":{"number":"0x1b5"},\
				"subscription":"0xcd0c3e8af590364c09d0fa6a1210faf5"}}""");
		assertReceived(new Block("0x1b4"), new Block("0x1b5"));

		heads.close();
		assertSent("""
				{"jsonrpc":"2.0","id":2,"method":"eth_unsubscribe","params":["0xcd0c3e8af590364c09d0fa6a1210faf5"]}""");
	}

	@Test
	void refusedSubscriptionIsNotActive() {
		WebSocketSubscription nothing = this.client.subscribe(OutboundMessage.empty().withDestination("nothing"),
				this.received::add);
		assertSent("""
				{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["nothing"]}""");

		server()
			.text("""
					{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no \\"nothing\\" subscription in eth namespace"}}""");
		assertThat(refusal(nothing.active()).getPayload(Refusal.class).code()).isEqualTo(-32601);
		assertThat(nothing.isActive()).isFalse();
	}

	record Block(String number) {

	}

	record Refusal(int code, String message) {

	}

}
