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
 * One pass over one frame for all pointers. It skips what nobody asks for, and stops as
 * soon as every pointer was found or can no longer be found.
 */
final class JsonScan {

	// without a shared table of names: a peer with ever new names would keep it growing
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

	private final @Nullable Located[] found;

	// places asked for that may still be found
	private int open;

	private JsonScan(String frame, JsonParser parser, @Nullable Located[] found) {
		this.frame = frame;
		this.parser = parser;
		this.found = found;
	}

	/**
	 * Find what the pointers name. Text that is not a JSON object or array, and JSON that
	 * proves malformed or exceeds the limits while it is read, has nothing.
	 * @param frame text of the frame
	 * @param root tree of the pointers
	 * @param slots number of slots
	 * @return what was found, by slot
	 */
	static @Nullable Located[] scan(String frame, PointerNode root, int slots) {
		@Nullable Located[] found = new Located[slots];
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
			return new Located[slots];
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
			case VALUE_STRING -> (node.textWanted()) ? new Located.Text(this.parser.getString()) : Located.PRESENT;
			case VALUE_NULL -> Located.NULL;
			case VALUE_TRUE -> Located.TRUE;
			case VALUE_FALSE -> Located.FALSE;
			default -> (node.textWanted()) ? new Located.Literal(this.parser.getString()) : Located.PRESENT;
		};
		this.open = openAfter;
	}

	private Located container(PointerNode node, JsonToken start, boolean moreToFind) {
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
		return (node.spanWanted()) ? new Located.Span(this.frame, from, offset() + 1) : Located.PRESENT;
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
