package io.github.resilientws.protocol;

import java.util.List;
import java.util.Map;

/**
 * A place in a JSON document that a pointer names or leads through.
 *
 * @param slot where its value is kept
 * @param asked whether a rule asks for it, not only for something below it
 * @param textWanted whether a rule asks for the text of a scalar, not only for its
 * existence
 * @param spanWanted whether a rule asks for the text of an object or array
 * @param index array index that leads here, or -1
 * @param members places below, if this is an object
 * @param elements places below, if this is an array, by ascending index
 * @param weight number of places asked for here and below
 */
record PointerNode(int slot, boolean asked, boolean textWanted, boolean spanWanted, int index,
		Map<String, PointerNode> members, List<PointerNode> elements, int weight) {

}
