package io.github.resilientws.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The members of one object that pointers name. They are found without a copy of the
 * name: most other names of a message differ in length and first character.
 */
final class PointerMembers {

	/** No members. */
	static final PointerMembers NONE = new PointerMembers(Map.of());

	private final List<List<Member>> buckets;

	private final boolean empty;

	PointerMembers(Map<String, PointerNode> nodes) {
		this.empty = nodes.isEmpty();
		int size = Integer.highestOneBit(4 * nodes.size() + 1);
		List<List<Member>> buckets = IntStream.range(0, size)
			.mapToObj((i) -> (List<Member>) new ArrayList<Member>())
			.toList();
		nodes.forEach((name, node) -> buckets.get(bucket(name, 0, name.length(), size)).add(new Member(name, node)));
		this.buckets = buckets.stream().map(List::copyOf).toList();
	}

	boolean isEmpty() {
		return this.empty;
	}

	/**
	 * Find a member.
	 * @param text text that contains its name
	 * @param start where the name starts
	 * @param end where it ends, exclusive
	 * @return the place, or {@code null} if no pointer names it
	 */
	@Nullable PointerNode find(String text, int start, int end) {
		List<Member> bucket = this.buckets.get(bucket(text, start, end, this.buckets.size()));
		for (int i = 0; i < bucket.size(); i++) {
			Member member = bucket.get(i);
			if (member.name().length() == end - start && text.startsWith(member.name(), start)) {
				return member.node();
			}
		}
		return null;
	}

	private static int bucket(String text, int start, int end, int size) {
		return (start < end) ? (text.charAt(start) * 31 + end - start) & (size - 1) : 0;
	}

	private record Member(String name, PointerNode node) {

	}

}
