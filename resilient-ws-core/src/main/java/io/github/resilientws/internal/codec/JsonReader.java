package io.github.resilientws.internal.codec;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads and writes the JSON that codecs exchange with rules and listeners.
 */
final class JsonReader {

	// a value is embedded in an object, which may be nested 500 levels deep
	private static final int MAX_DEPTH = 499;

	// names of peers must not fill a shared table
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.recyclerPool(JsonRecyclerPools.threadLocalPool())
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(1000).build())
		.build();

	private JsonReader() {
	}

	/**
	 * Return whether a text is one JSON value that matchers and locators can read.
	 * @param text the text
	 * @return {@code false} for any other text
	 */
	static boolean isValue(String text) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
			if (parser.nextToken() == null) {
				return false;
			}
			parser.skipChildren();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/**
	 * Read the members of a JSON object. Of equal names the first one counts.
	 * @param text the text of the object
	 * @return the members by name, in order
	 * @throws FramingException if the text is not one JSON object
	 */
	static Map<String, Member> members(String text) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
			if (parser.nextToken() == JsonToken.START_OBJECT) {
				Map<String, Member> members = new LinkedHashMap<>();
				for (String name = parser.nextName(); name != null; name = parser.nextName()) {
					members.putIfAbsent(name, member(text, parser, parser.nextToken()));
				}
				if (parser.nextToken() == null) {
					return members;
				}
			}
		}
		catch (JacksonException ex) {
			// its text may quote the payload
		}
		throw FramingException.invalid("not a JSON object");
	}

	private static Member member(String text, JsonParser parser, JsonToken token) {
		if (token.isStructStart()) {
			int from = offset(parser);
			parser.skipChildren();
			return new Member(token, "", text.substring(from, offset(parser) + 1));
		}
		String value = parser.getString();
		return new Member(token, value, (token == JsonToken.VALUE_STRING) ? quote(value) : value);
	}

	private static int offset(JsonParser parser) {
		return (int) parser.currentTokenLocation().getCharOffset();
	}

	static String quote(String text) {
		StringBuilder json = new StringBuilder(text.length() + 2).append('"');
		JsonStringEncoder.getInstance().quoteAsString(text, json);
		return json.append('"').toString();
	}

	/**
	 * A value of a JSON object.
	 *
	 * @param type type of the value
	 * @param text the string without quotes, or the literal; empty for objects and arrays
	 * @param json the JSON
	 */
	record Member(JsonToken type, String text, String json) {

		static boolean isAbsent(@Nullable Member member) {
			return member == null || member.type() == JsonToken.VALUE_NULL;
		}

		boolean isString() {
			return this.type == JsonToken.VALUE_STRING;
		}

	}

}
