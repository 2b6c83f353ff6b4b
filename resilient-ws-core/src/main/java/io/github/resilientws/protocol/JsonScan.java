package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One pass over one message for all pointers. It remembers where the values stand that
 * they name, and stops as soon as every pointer was found or can no longer be found. It
 * allocates nothing, and is used again for the next message. Not thread-safe.
 */
final class JsonScan {

	private static final int MAX_DEPTH = 500;

	private final PointerNode root;

	// of each slot: where its value starts, and where it ends; 0 if it is missing
	private final int[] places;

	private final JsonCursor cursor = new JsonCursor();

	private int depth;

	// requested places that may still be found
	private int open;

	/**
	 * Create a scan.
	 * @param root tree of the pointers
	 * @param slots number of slots
	 */
	JsonScan(PointerNode root, int slots) {
		this.root = root;
		this.places = new int[2 * slots];
	}

	/**
	 * Find the values that the pointers name. In text that is not a JSON object or array,
	 * and in JSON that is malformed or exceeds the limits before the last value is found,
	 * all values are missing.
	 * @param utf8 array of the message, which is valid UTF-8
	 * @param start where it starts
	 * @param end where it ends, exclusive
	 */
	void scan(byte[] utf8, int start, int end) {
		Arrays.fill(this.places, 0);
		this.cursor.reset(utf8, start, end);
		this.depth = 0;
		this.open = this.root.weight();
		try {
			byte first = this.cursor.next();
			if (first == '{' || first == '[') {
				value(this.root);
			}
		}
		catch (MalformedJsonException ex) {
			Arrays.fill(this.places, 0);
		}
	}

	/** Forget the message. */
	void clear() {
		this.cursor.clear();
	}

	/**
	 * Continue with a copy of the message.
	 * @param copy array that holds nothing else
	 * @param start where the message starts in the array that was read
	 */
	void moveTo(byte[] copy, int start) {
		this.cursor.reset(copy, 0, copy.length);
		for (int i = 0; i < this.places.length; i++) {
			this.places[i] = Math.max(0, this.places[i] - start);
		}
	}

	boolean isFound(int slot) {
		return end(slot) != 0;
	}

	/**
	 * Return whether a value is a scalar with the given text.
	 * @param slot slot of the value
	 * @param other the text
	 * @return whether it is
	 */
	boolean isScalar(int slot, EncodedText other) {
		int start = this.places[2 * slot];
		int end = end(slot);
		if (end == 0) {
			return false;
		}
		byte[] utf8 = this.cursor.utf8();
		return switch (utf8[start]) {
			case '{', '[' -> false;
			case '"' -> JsonString.equals(utf8, start, end, other);
			default -> Arrays.equals(utf8, start, end, other.utf8(), 0, other.utf8().length);
		};
	}

	@Nullable LocatedValue located(int slot) {
		int start = this.places[2 * slot];
		int end = end(slot);
		if (end == 0) {
			return null;
		}
		byte[] utf8 = this.cursor.utf8();
		return switch (utf8[start]) {
			case '{', '[' -> new LocatedValue.Span(utf8, start, end);
			case '"' -> new LocatedValue.Text(JsonString.unquote(utf8, start, end));
			case 'n' -> LocatedValue.NULL;
			default -> new LocatedValue.Literal(new String(utf8, start, end - start, StandardCharsets.US_ASCII));
		};
	}

	private int end(int slot) {
		return this.places[2 * slot + 1];
	}

	private void value(PointerNode node) {
		int start = this.cursor.position();
		int openAfter = this.open - node.weight();
		byte first = this.cursor.utf8()[start];
		if (first != '{' && first != '[') {
			this.cursor.skipScalar(first);
		}
		else {
			if (node.asked() && !node.spanWanted()) {
				this.open--;
			}
			boolean below = (first == '{') ? !node.members().isEmpty() : !node.elements().isEmpty();
			if (below || openAfter > 0 || node.spanWanted()) {
				container(first, node);
			}
			else {
				this.cursor.advance();
			}
		}
		this.places[2 * node.slot()] = start;
		this.places[2 * node.slot() + 1] = this.cursor.position();
		this.open = openAfter;
	}

	private void skip() {
		byte first = this.cursor.utf8()[this.cursor.position()];
		if (first == '{' || first == '[') {
			container(first, PointerNode.NONE);
		}
		else {
			this.cursor.skipScalar(first);
		}
	}

	private void container(byte first, PointerNode node) {
		JsonCursor.require(++this.depth <= MAX_DEPTH);
		this.cursor.advance();
		if (first == '{') {
			members(node);
		}
		else {
			elements(node);
		}
		this.depth--;
	}

	private void members(PointerNode node) {
		if (isEnd('}')) {
			return;
		}
		do {
			JsonCursor.require(this.cursor.next() == '"');
			int nameStart = this.cursor.position();
			boolean escaped = this.cursor.skipString();
			PointerNode member = member(node, nameStart, escaped);
			JsonCursor.require(this.cursor.next() == ':');
			this.cursor.advance();
			this.cursor.next();
			// of equal names the first one counts
			if (member != null && !isFound(member.slot())) {
				value(member);
			}
			else {
				skip();
			}
		}
		while (this.open > 0 && isMore('}'));
	}

	private @Nullable PointerNode member(PointerNode node, int start, boolean escaped) {
		if (node.members().isEmpty()) {
			return null;
		}
		if (!escaped) {
			return node.members().find(this.cursor.utf8(), start + 1, this.cursor.position() - 1);
		}
		return node.members().find(JsonString.unquote(this.cursor.utf8(), start, this.cursor.position()));
	}

	private void elements(PointerNode node) {
		if (isEnd(']')) {
			return;
		}
		List<PointerNode> wanted = node.elements();
		int found = 0;
		int index = 0;
		do {
			this.cursor.next();
			if (found < wanted.size() && wanted.get(found).index() == index) {
				value(wanted.get(found));
				found++;
			}
			else {
				skip();
			}
			index++;
		}
		while (this.open > 0 && isMore(']'));
	}

	private boolean isEnd(char end) {
		if (this.cursor.next() != end) {
			return false;
		}
		this.cursor.advance();
		return true;
	}

	private boolean isMore(char end) {
		byte c = this.cursor.next();
		JsonCursor.require(c == ',' || c == end);
		this.cursor.advance();
		return c == ',';
	}

}
