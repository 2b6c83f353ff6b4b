package io.github.resilientws.protocol;

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
	 * @param text text of the message
	 */
	void scan(String text) {
		Arrays.fill(this.places, 0);
		this.cursor.reset(text);
		this.depth = 0;
		this.open = this.root.weight();
		try {
			char first = this.cursor.next();
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
		this.cursor.reset("");
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
	boolean isScalar(int slot, String other) {
		int start = this.places[2 * slot];
		int end = end(slot);
		if (end == 0) {
			return false;
		}
		String text = this.cursor.text();
		return switch (text.charAt(start)) {
			case '{', '[' -> false;
			case '"' -> JsonString.equals(text, start, end, other);
			default -> end - start == other.length() && text.startsWith(other, start);
		};
	}

	@Nullable LocatedValue located(int slot) {
		int start = this.places[2 * slot];
		int end = end(slot);
		if (end == 0) {
			return null;
		}
		String text = this.cursor.text();
		return switch (text.charAt(start)) {
			case '{', '[' -> new LocatedValue.Span(text, start, end);
			case '"' -> new LocatedValue.Text(JsonString.unquote(text, start, end));
			case 'n' -> LocatedValue.NULL;
			default -> new LocatedValue.Literal(text.substring(start, end));
		};
	}

	private int end(int slot) {
		return this.places[2 * slot + 1];
	}

	private void value(PointerNode node) {
		int start = this.cursor.position();
		int openAfter = this.open - node.weight();
		char first = this.cursor.text().charAt(start);
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
		char first = this.cursor.text().charAt(this.cursor.position());
		if (first == '{' || first == '[') {
			container(first, PointerNode.NONE);
		}
		else {
			this.cursor.skipScalar(first);
		}
	}

	private void container(char first, PointerNode node) {
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
			return node.members().find(this.cursor.text(), start + 1, this.cursor.position() - 1);
		}
		String name = JsonString.unquote(this.cursor.text(), start, this.cursor.position());
		return node.members().find(name, 0, name.length());
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
		char c = this.cursor.next();
		JsonCursor.require(c == ',' || c == end);
		this.cursor.advance();
		return c == ',';
	}

}
