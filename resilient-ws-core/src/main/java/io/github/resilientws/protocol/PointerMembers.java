package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

	private final Map<String, PointerNode> nodes;

	private final List<List<Member>> buckets;

	PointerMembers(Map<String, PointerNode> nodes) {
		this.nodes = Map.copyOf(nodes);
		int size = Integer.highestOneBit(4 * nodes.size() + 1);
		List<List<Member>> buckets = IntStream.range(0, size)
			.mapToObj((i) -> (List<Member>) new ArrayList<Member>())
			.toList();
		nodes.forEach((name, node) -> {
			byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
			buckets.get(bucket(utf8, 0, utf8.length, size)).add(new Member(utf8, node));
		});
		this.buckets = buckets.stream().map(List::copyOf).toList();
	}

	boolean isEmpty() {
		return this.nodes.isEmpty();
	}

	/**
	 * Find a member.
	 * @param name its name
	 * @return the place, or {@code null} if no pointer names it
	 */
	@Nullable PointerNode find(String name) {
		return this.nodes.get(name);
	}

	/**
	 * Find a member.
	 * @param utf8 text that contains its name, without escapes
	 * @param start where the name starts
	 * @param end where it ends, exclusive
	 * @return the place, or {@code null} if no pointer names it
	 */
	@Nullable PointerNode find(byte[] utf8, int start, int end) {
		List<Member> bucket = this.buckets.get(bucket(utf8, start, end, this.buckets.size()));
		for (int i = 0; i < bucket.size(); i++) {
			Member member = bucket.get(i);
			if (Arrays.equals(utf8, start, end, member.name(), 0, member.name().length)) {
				return member.node();
			}
		}
		return null;
	}

	private static int bucket(byte[] utf8, int start, int end, int size) {
		return (start < end) ? (utf8[start] * 31 + end - start) & (size - 1) : 0;
	}

	private record Member(byte[] name, PointerNode node) {

	}

}
