package io.github.resilientws.autoconfigure.config;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Runtime hints for {@link KnownKeys}, which reads the record components of the
 * properties, and for the files of {@link ProtocolPropertySources}.
 *
 * @since 0.1
 */
public class KnownKeysRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("io/github/resilientws/autoconfigure/protocol/*.yaml");
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(),
				ResilientWebSocketProperties.class);
	}

}
