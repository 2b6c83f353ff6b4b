package io.github.resilientws.protocol;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * Collects the pointers of all rules. Rules that name the same place share it.
 */
final class PointerCollector {

	// created by the first pointer
	private @Nullable Place root;

	private int slots = 1;

	/**
	 * Add a pointer to a scalar, or to anything whose text does not matter.
	 * @param key key of the setting
	 * @param pointer the pointer
	 * @return the slot of the place it names
	 * @throws InvalidSettingException if it is not a pointer
	 */
	int scalar(String key, String pointer) {
		return place(key, pointer).slot;
	}

	/**
	 * Add a pointer to anything whose text matters.
	 * @param key key of the setting
	 * @param pointer the pointer
	 * @return the slot of the place it names
	 * @throws InvalidSettingException if it is not a pointer
	 */
	int value(String key, String pointer) {
		Place place = place(key, pointer);
		place.spanWanted = true;
		return place.slot;
	}

	/**
	 * Return the number of slots in use.
	 * @return the number of slots
	 */
	int slots() {
		return this.slots;
	}

	/**
	 * Return an immutable tree of all pointers.
	 * @return its root
	 */
	PointerNode tree() {
		return root().toNode();
	}

	private Place root() {
		Place known = this.root;
		if (known == null) {
			known = new Place(0, "");
			this.root = known;
		}
		return known;
	}

	private Place place(String key, String pointer) {
		Place place = root();
		for (String segment : Pointer.parse(key, pointer)) {
			place = place.child(segment, (name) -> new Place(this.slots++, name));
		}
		place.asked = true;
		return place;
	}

	private static final class Place {

		private final int slot;

		private final String name;

		private Map<String, Place> children = Map.of();

		private boolean asked;

		private boolean spanWanted;

		Place(int slot, String name) {
			this.slot = slot;
			this.name = name;
		}

		Place child(String segment, Function<String, Place> factory) {
			if (this.children.isEmpty()) {
				this.children = new HashMap<>();
			}
			return this.children.computeIfAbsent(segment, factory);
		}

		PointerNode toNode() {
			Map<String, PointerNode> members = new HashMap<>();
			this.children.forEach((childName, child) -> members.put(childName, child.toNode()));
			List<PointerNode> elements = members.values()
				.stream()
				.filter((node) -> node.index() >= 0)
				.sorted(Comparator.comparingInt(PointerNode::index))
				.toList();
			int below = members.values().stream().mapToInt(PointerNode::weight).sum();
			return new PointerNode(this.slot, this.asked, this.spanWanted, Pointer.arrayIndex(this.name),
					new PointerMembers(members), elements, (this.asked) ? below + 1 : below);
		}

	}

}
