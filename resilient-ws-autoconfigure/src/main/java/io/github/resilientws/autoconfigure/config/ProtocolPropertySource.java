package io.github.resilientws.autoconfigure.config;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.MapPropertySource;

/**
 * The settings of a protocol, with their places in its file.
 */
final class ProtocolPropertySource extends MapPropertySource implements OriginLookup<String> {

	private final String protocol;

	ProtocolPropertySource(String name, Map<String, Object> properties, String protocol) {
		super(name, properties);
		this.protocol = protocol;
	}

	ProtocolPropertySource and(ProtocolPropertySource other) {
		Map<String, Object> properties = new LinkedHashMap<>(getSource());
		other.getSource().forEach(properties::putIfAbsent);
		return new ProtocolPropertySource(getName(), properties, this.protocol);
	}

	// the protocol that set a property, or null
	static @Nullable String protocolOf(ConfigurationProperty property) {
		ConfigurationPropertySource source = property.getSource();
		return (source != null && source.getUnderlyingSource() instanceof ProtocolPropertySource own) ? own.protocol
				: null;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Object value = super.getProperty(name);
		return (value instanceof OriginTrackedValue tracked) ? tracked.getValue() : value;
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		return (super.getProperty(name) instanceof OriginTrackedValue tracked) ? tracked.getOrigin() : null;
	}

}
