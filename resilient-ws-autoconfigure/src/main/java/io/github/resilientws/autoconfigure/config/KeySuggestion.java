package io.github.resilientws.autoconfigure.config;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.util.StringUtils;

import io.github.resilientws.autoconfigure.config.KnownKeys.Kind;
import io.github.resilientws.autoconfigure.config.KnownKeys.Match;
import io.github.resilientws.autoconfigure.config.KnownKeys.Node;

/**
 * Suggests a known key for an unknown one.
 */
final class KeySuggestion {

	private final KnownKeys keys;

	KeySuggestion(KnownKeys keys) {
		this.keys = keys;
	}

	// find a key, first in the group of the unknown one, then anywhere in its client
	@Nullable String find(ConfigurationPropertyName name) {
		Match match = this.keys.match(name);
		int known = match.name().getNumberOfElements();
		String wrong = name.getElement(known, Form.UNIFORM);
		String sibling = nearest(wrong, match.node().children());
		if (sibling != null) {
			return name.chop(known) + "." + sibling;
		}
		ConfigurationPropertyName group = group(name);
		Map<String, String> leaves = new LinkedHashMap<>();
		collect(this.keys.match(group).node(), "", leaves);
		String last = name.getElement(name.getNumberOfElements() - 1, Form.UNIFORM);
		String leaf = leaves.get(last);
		return StringUtils.hasLength(leaf) ? group + "." + leaf : null;
	}

	// the client or the defaults that a name belongs to, otherwise the prefix
	private static ConfigurationPropertyName group(ConfigurationPropertyName name) {
		String first = name.getElement(1, Form.UNIFORM);
		int elements = switch (first) {
			case "clients" -> Math.min(3, name.getNumberOfElements());
			case "defaults" -> 2;
			default -> 1;
		};
		return name.chop(elements);
	}

	// leaves by their last element; an ambiguous one is not suggested
	private static void collect(Node node, String path, Map<String, String> leaves) {
		node.children().forEach((uniform, child) -> {
			String childPath = path + child.dashed();
			if (child.kind() == Kind.GROUP) {
				collect(child, childPath + ".", leaves);
			}
			else {
				leaves.merge(uniform, childPath, (first, second) -> "");
			}
		});
	}

	private static @Nullable String nearest(String wrong, Map<String, Node> candidates) {
		String best = null;
		int bestDistance = Math.max(1, wrong.length() / 3) + 1;
		for (Map.Entry<String, Node> candidate : candidates.entrySet()) {
			int distance = distance(wrong, candidate.getKey());
			if (distance < bestDistance) {
				bestDistance = distance;
				best = candidate.getValue().dashed();
			}
		}
		return best;
	}

	private static int distance(String a, String b) {
		int[] previous = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int[] current = new int[b.length() + 1];
			current[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int substitution = previous[j - 1] + ((a.charAt(i - 1) != b.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[b.length()];
	}

}
