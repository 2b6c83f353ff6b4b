package io.github.resilientws.internal.encoding;

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

}
