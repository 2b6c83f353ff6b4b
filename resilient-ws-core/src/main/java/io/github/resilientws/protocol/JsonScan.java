package io.github.resilientws.protocol;

import java.util.Iterator;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * One pass over one message for all pointers. It skips values that no pointer names, and
 * stops as soon as every pointer was found or can no longer be found.
 */
final class JsonScan {

	// without a shared table of names: a peer that always sends new names would make it
	// grow
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.recyclerPool(JsonRecyclerPools.threadLocalPool())
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(500)
			.maxNumberLength(1000)
			.maxNameLength(50_000)
			.build())
		.build();

	private final String frame;

	private final JsonParser parser;

	private final @Nullable LocatedValue[] found;

	// requested places that may still be found
	private int open;

	private JsonScan(String frame, JsonParser parser, @Nullable LocatedValue[] found) {
		this.frame = frame;
		this.parser = parser;
		this.found = found;
	}

	/**
	 * Find the values that the pointers name. In text that is not a JSON object or array,
	 * and in JSON that is malformed or exceeds the limits before the last value is found,
	 * all values are missing.
	 * @param frame text of the message
	 * @param root tree of the pointers
	 * @param slots number of slots
	 * @return the values found, by slot
	 */
	static @Nullable LocatedValue[] scan(String frame, PointerNode root, int slots) {
		@Nullable LocatedValue[] found = new LocatedValue[slots];
		if (!isObjectOrArray(frame)) {
			return found;
		}
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), frame)) {
			JsonScan scan = new JsonScan(frame, parser, found);
			scan.open = root.weight();
			scan.value(root, parser.nextToken());
			return found;
		}
		catch (JacksonException ex) {
			return new LocatedValue[slots];
		}
	}

	private static boolean isObjectOrArray(String frame) {
		for (int i = 0; i < frame.length(); i++) {
			switch (frame.charAt(i)) {
				case ' ', '\t', '\r', '\n' -> {
				}
				case '{', '[' -> {
					return true;
				}
				default -> {
					return false;
				}
			}
		}
		return false;
	}

	private void value(PointerNode node, JsonToken token) {
		int openAfter = this.open - node.weight();
		this.found[node.slot()] = switch (token) {
			case START_OBJECT, START_ARRAY -> container(node, token, openAfter > 0);
			case VALUE_STRING ->
				(node.textWanted()) ? new LocatedValue.Text(this.parser.getString()) : LocatedValue.PRESENT;
			case VALUE_NULL -> LocatedValue.NULL;
			case VALUE_TRUE -> LocatedValue.TRUE;
			case VALUE_FALSE -> LocatedValue.FALSE;
			default -> (node.textWanted()) ? new LocatedValue.Literal(this.parser.getString()) : LocatedValue.PRESENT;
		};
		this.open = openAfter;
	}

	private LocatedValue container(PointerNode node, JsonToken start, boolean moreToFind) {
		int from = (node.spanWanted()) ? offset() : 0;
		if (node.asked() && !node.spanWanted()) {
			this.open--;
		}
		if (start == JsonToken.START_OBJECT && !node.members().isEmpty()) {
			members(node);
		}
		else if (start == JsonToken.START_ARRAY && !node.elements().isEmpty()) {
			elements(node);
		}
		else if (moreToFind || node.spanWanted()) {
			this.parser.skipChildren();
		}
		return (node.spanWanted()) ? new LocatedValue.Span(this.frame, from, offset() + 1) : LocatedValue.PRESENT;
	}

	private void members(PointerNode node) {
		String name = this.parser.nextName();
		while (name != null) {
			visit(node.members().get(name));
			if (this.open == 0) {
				return;
			}
			name = this.parser.nextName();
		}
	}

	private void elements(PointerNode node) {
		Iterator<PointerNode> wanted = node.elements().iterator();
		@Nullable PointerNode next = wanted.next();
		JsonToken token = this.parser.nextToken();
		for (int i = 0; token != JsonToken.END_ARRAY; i++) {
			if (next != null && i == next.index()) {
				value(next, token);
				next = (wanted.hasNext()) ? wanted.next() : null;
			}
			else {
				this.parser.skipChildren();
			}
			if (this.open == 0) {
				return;
			}
			token = this.parser.nextToken();
		}
	}

	private void visit(@Nullable PointerNode member) {
		JsonToken token = this.parser.nextToken();
		// of equal names the first one counts
		if (member != null && this.found[member.slot()] == null) {
			value(member, token);
		}
		else {
			this.parser.skipChildren();
		}
	}

	private int offset() {
		return (int) this.parser.currentTokenLocation().getCharOffset();
	}

}
