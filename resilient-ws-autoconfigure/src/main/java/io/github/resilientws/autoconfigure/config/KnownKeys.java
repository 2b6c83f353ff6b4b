package io.github.resilientws.autoconfigure.config;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * The keys of {@link ResilientWebSocketProperties}, as a tree.
 */
final class KnownKeys {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("resilient-ws");

	// keys whose text YAML reads as a map when it is not quoted
	private static final List<String> QUOTED = List.of("send", "await", "when", "envelope", "cancel", "reply", "error",
			"unhandled");

	private static final Node ROOT = node("", ResolvableType.forClass(ResilientWebSocketProperties.class));

	// return the node of a name, or its deepest known ancestor
	Match match(ConfigurationPropertyName name) {
		Node node = ROOT;
		for (int i = PREFIX.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			Node child = node.child(name, i);
			if (child == null) {
				return new Match(node, name.chop(i), false);
			}
			node = child;
		}
		return new Match(node, name, true);
	}

	boolean isClientKey(String uniformElement) {
		Node client = ROOT.children().get("defaults");
		return client != null && client.children().containsKey(uniformElement);
	}

	private static Node node(String dashed, ResolvableType type) {
		Class<?> raw = type.toClass();
		if (raw.isRecord()) {
			Map<String, Node> children = new LinkedHashMap<>();
			for (RecordComponent component : raw.getRecordComponents()) {
				String name = name(raw, component);
				children.put(name.toLowerCase(Locale.ROOT),
						node(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
								ResolvableType.forMethodReturnType(component.getAccessor())));
			}
			return new Node(dashed, Kind.GROUP, children, null);
		}
		if (Map.class.isAssignableFrom(raw)) {
			return new Node(dashed, Kind.MAP, Map.of(), node("", type.getGeneric(1)));
		}
		if (List.class.isAssignableFrom(raw)) {
			return new Node(dashed, Kind.LIST, Map.of(), node("", type.getGeneric(0)));
		}
		return new Node(dashed, QUOTED.contains(dashed) ? Kind.QUOTED : Kind.LEAF, Map.of(), null);
	}

	// a key may be a keyword of Java
	private static String name(Class<?> type, RecordComponent component) {
		Field field = ReflectionUtils.findField(type, component.getName());
		Name name = (field != null) ? field.getAnnotation(Name.class) : null;
		return (name != null) ? name.value() : component.getName();
	}

	enum Kind {

		GROUP, MAP, LIST, LEAF, QUOTED

	}

	/**
	 * A group of keys, or a leaf.
	 *
	 * @param dashed last element of its name
	 * @param kind kind of the node
	 * @param children keys of a group by uniform name
	 * @param element element of a map or list
	 */
	record Node(String dashed, Kind kind, Map<String, Node> children, @Nullable Node element) {

		@Nullable Node child(ConfigurationPropertyName name, int index) {
			return switch (this.kind) {
				case GROUP -> this.children.get(name.getElement(index, Form.UNIFORM));
				case MAP -> (this.element != null && this.element.kind() == Kind.GROUP) ? this.element : this;
				case LIST -> name.isNumericIndex(index) ? this.element : null;
				case LEAF, QUOTED -> null;
			};
		}

	}

	/**
	 * The result of a search for a name.
	 *
	 * @param node the last known node
	 * @param name name of that node
	 * @param complete whether the whole name is known
	 */
	record Match(Node node, ConfigurationPropertyName name, boolean complete) {

		// a text with keys below it, or a list without indexes
		boolean isMisshapen() {
			return !this.complete && (this.node.kind() == Kind.QUOTED || this.node.kind() == Kind.LIST);
		}

	}

}
