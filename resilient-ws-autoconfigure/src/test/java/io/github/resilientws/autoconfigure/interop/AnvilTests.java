package io.github.resilientws.autoconfigure.interop;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.resilientws.OutboundMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Foundry's {@code anvil}: Ethereum over JSON-RPC, with a block each second.
 */
class AnvilTests extends ProtocolContractTests {

	AnvilTests() {
		super("anvil", """
				peer:
				  url: ws://127.0.0.1:${port}
				  heartbeat: { interval: 300ms, timeout: 250ms, max-missed: 2 }
				""", "ethereum");
	}

	@Override
	void request() throws Exception {
		assertThat(call("eth_chainId", null, String.class)).isEqualTo("0x7a69");
		Block block = call("eth_getBlockByNumber", List.of("0x0", false), Block.class);
		assertThat(block).isEqualTo(new Block("0x0", List.of()));
	}

	@Test
	void refusedRequestFailsWithTheWordsOfTheServer() {
		assertThat(refusal("eth_nothing", null, Refusal.class).message()).isNotBlank();
		assertThat(refusal("eth_getBlockByNumber", List.of("none", false), Refusal.class).code()).isEqualTo(-32602);
	}

	@Test
	void refusedSubscriptionIsOver() {
		assertRefused(OutboundMessage.empty().withDestination("nothing"));
	}

	@Override
	void subscribe() throws Exception {
		subscribe("newHeads", Head.class);
	}

	@Override
	void awaitEvent() throws Exception {
		awaitEvent((head) -> ((Head) head).number().startsWith("0x"));
	}

	record Head(String number) {

	}

	record Block(String number, List<String> transactions) {

	}

	record Refusal(int code, String message) {

	}

}
