package io.github.resilientws.transport.netty;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Extensions}.
 */
class ExtensionsTests {

	@Test
	void serverMayDecline() throws Exception {
		assertThat(Extensions.chosen(List.of(), true)).isEqualTo(Extensions.NONE);
		assertThat(Extensions.chosen(List.of(), false)).isEqualTo(Extensions.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate; server_no_context_takeover",
			"permessage-deflate; client_no_context_takeover; server_no_context_takeover",
			"permessage-deflate;server_no_context_takeover;server_max_window_bits=10",
			"permessage-deflate; server_max_window_bits=\"15\"; server_no_context_takeover",
			"Permessage-Deflate; Server_No_Context_Takeover; server_max_window_bits = 8" })
	void serverMayAgree(String value) throws Exception {
		assertThat(Extensions.chosen(List.of(value), true)).isEqualTo(new Extensions(true, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate", "permessage-deflate; client_no_context_takeover",
			"permessage-deflate; server_max_window_bits=9" })
	void serverMayInsistOnContextTakeover(String value) throws Exception {
		assertThat(Extensions.chosen(List.of(value), true)).isEqualTo(new Extensions(true, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { ";", "permessage-deflate;", "permessage-deflate, permessage-deflate",
			"permessage-deflate, x-webkit-deflate-frame", "permessage-bzip2", "permessage-deflate=1",
			"permessage-deflate; unknown", "permessage-deflate; client_max_window_bits",
			"permessage-deflate; client_max_window_bits=15", "permessage-deflate; server_no_context_takeover=1",
			"permessage-deflate; client_no_context_takeover=\"\"", "permessage-deflate; server_max_window_bits",
			"permessage-deflate; server_max_window_bits=7", "permessage-deflate; server_max_window_bits=16",
			"permessage-deflate; server_max_window_bits=08", "permessage-deflate; server_max_window_bits=\"10",
			"permessage-deflate; server_max_window_bits=-9",
			"permessage-deflate; server_max_window_bits=9; " + "server_max_window_bits=9",
			"permessage-deflate; server_no_context_takeover; server_no_context_takeover" })
	void whatWasNotOfferedIsRefused(String value) {
		assertRefused(List.of(value), true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", " , ," })
	void emptyListIsNone(String value) throws Exception {
		assertThat(Extensions.chosen(List.of(value), true)).isEqualTo(Extensions.NONE);
		assertThat(Extensions.chosen(List.of(value, ""), false)).isEqualTo(Extensions.NONE);
	}

	@Test
	void emptyElementsAreSkipped() throws Exception {
		assertThat(Extensions.chosen(List.of(", permessage-deflate ,", ""), true))
			.isEqualTo(new Extensions(true, true));
	}

	@Test
	void twoHeadersAreOneList() {
		assertRefused(List.of("permessage-deflate", "permessage-deflate"), true);
	}

	@Test
	void anythingIsRefusedIfNothingWasOffered() {
		assertRefused(List.of("permessage-deflate"), false);
		assertRefused(List.of("", "x"), false);
	}

	private static void assertRefused(List<String> values, boolean offered) {
		assertThatExceptionOfType(WebSocketHandshakeException.class)
			.isThrownBy(() -> Extensions.chosen(values, offered))
			.satisfies((ex) -> assertThat(ex.getProblem()).isEqualTo(Problem.UNASKED_EXTENSION))
			.withMessageNotContaining("window_bits");
	}

}
