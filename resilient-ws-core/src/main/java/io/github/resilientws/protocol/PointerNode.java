package io.github.resilientws.protocol;

import java.util.List;

/**
 * A place in a JSON document that a pointer names or passes through.
 *
 * @param slot index of its value in the result
 * @param asked whether a rule needs its value, and not only one below it
 * @param spanWanted whether a rule needs the text of an object or array
 * @param index array index that leads here, or -1
 * @param members places below, if this is an object
 * @param elements places below, if this is an array, by ascending index
 * @param weight number of values needed here and below
 */
record PointerNode(int slot, boolean asked, boolean spanWanted, int index, PointerMembers members,
		List<PointerNode> elements, int weight) {

	/** A place without places below. */
	static final PointerNode NONE = new PointerNode(0, false, false, -1, PointerMembers.NONE, List.of(), 0);

}
