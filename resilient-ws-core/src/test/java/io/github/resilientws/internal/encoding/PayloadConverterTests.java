package io.github.resilientws.internal.encoding;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayloadConverter}; {@code RequestTests} has the others.
 */
class PayloadConverterTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"0x\\"1\\\\" | 0x"1\\
			"a\\nb"      | `a
			b`
			""           | ``
			7            | 7
			{"a":"b"}    | {"a":"b"}
			["a"]        | ["a"]
			"a" "b"      | "a" "b"
			"a           | "a
			""")
	void readsAsStringTheContentOfAJsonStringAndTheJsonOfAnyOtherValue(String json, String text) {
		assertThat(new PayloadConverter(null).read(json, String.class)).isEqualTo(text);
	}

	// as Spring's converters do, whose payload is such an object already
	@Test
	void readsAsObjectTheJsonAndAsMapAndListTheirElements() {
		PayloadConverter converter = new PayloadConverter(null);
		assertThat(converter.read("{\"a\":[1]}", Object.class)).isEqualTo("{\"a\":[1]}");
		assertThat(converter.read("{\"a\":[1]}", Map.class)).isEqualTo(Map.of("a", List.of(1)));
		assertThat(converter.read("[1,\"b\"]", List.class)).isEqualTo(List.of(1, "b"));
	}

}
