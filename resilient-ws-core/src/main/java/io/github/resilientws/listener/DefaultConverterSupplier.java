package io.github.resilientws.listener;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.ClassUtils;

/**
 * Supplies a converter for JSON by Jackson, created at the first call; {@code null}
 * without jackson-databind.
 */
class DefaultConverterSupplier implements Supplier<@Nullable MessageConverter> {

	private final @Nullable ClassLoader classLoader;

	private @Nullable MessageConverter converter;

	DefaultConverterSupplier(@Nullable ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public @Nullable MessageConverter get() {
		if (this.converter == null
				&& ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper", this.classLoader)) {
			this.converter = new JacksonJsonMessageConverter();
		}
		return this.converter;
	}

}
