package io.github.resilientws.listener;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.ClassUtils;

/**
 * JSON by Jackson, made when first asked for; none without jackson-databind.
 */
class DefaultConverter implements Supplier<@Nullable MessageConverter> {

	private final @Nullable ClassLoader classLoader;

	private @Nullable MessageConverter converter;

	DefaultConverter(@Nullable ClassLoader classLoader) {
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
