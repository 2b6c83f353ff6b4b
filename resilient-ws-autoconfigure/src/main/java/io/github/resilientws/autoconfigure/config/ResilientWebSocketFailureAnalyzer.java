package io.github.resilientws.autoconfigure.config;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

import io.github.resilientws.listener.InvalidListenerException;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.store.StoreUnavailableException;
import io.github.resilientws.transport.NoTransportException;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * Describes invalid configuration of clients in one readable text, without secrets. Runs
 * before Spring Boot's analyzer of binding failures, which shows values.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ResilientWebSocketFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			FailureAnalysis analysis = analyzeCause(failure, cause);
			if (analysis != null) {
				return analysis;
			}
		}
		return null;
	}

	private static @Nullable FailureAnalysis analyzeCause(Throwable failure, Throwable cause) {
		if (cause instanceof InvalidConfigurationException ex) {
			return new FailureAnalysis(String.valueOf(ex.getMessage()), ex.getAction(), failure);
		}
		if (cause instanceof InvalidListenerException ex) {
			return new FailureAnalysis(String.valueOf(ex.getMessage()),
					"Correct the @WebSocketListener method that is named above.", failure);
		}
		if (cause instanceof NoTransportException ex) {
			return new FailureAnalysis("No WebSocket transport is available: " + ex.getMessage() + ".",
					"Add the libraries named above, which resilient-ws-spring-boot-starter contains, "
							+ "or declare a bean of type " + WebSocketTransport.class.getName() + ".",
					failure);
		}
		if (cause instanceof StoreUnavailableException ex) {
			return new FailureAnalysis("No store is available: " + ex.getMessage() + ".",
					"Make the store named above available, or configure another one.", failure);
		}
		if (cause instanceof InvalidSettingException ex) {
			return new FailureAnalysis(FailureText.setting(ex.getKey(), ex.getValue(), null, ex.getReason()),
					"Correct the setting '" + ex.getKey() + "' of the client that the application builds itself.",
					failure);
		}
		if (cause instanceof BindException ex && isOurs(ex)) {
			return (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound)
					? unknown(failure, unbound) : notConvertible(failure, ex);
		}
		return null;
	}

	private static boolean isOurs(BindException ex) {
		return ex.getName().equals(KnownKeys.PREFIX) || KnownKeys.PREFIX.isAncestorOf(ex.getName());
	}

	private static FailureAnalysis unknown(Throwable failure, UnboundConfigurationPropertiesException unbound) {
		String names = unbound.getUnboundProperties()
			.stream()
			.map((property) -> "'" + property.getName() + "'"
					+ ("".equals(property.getValue()) ? ", which is empty" : ""))
			.collect(Collectors.joining("; "));
		return new FailureAnalysis("Unknown, out of place or without a value: " + names,
				"Correct or remove the properties named above.", failure);
	}

	private static FailureAnalysis notConvertible(Throwable failure, BindException ex) {
		Class<?> type = ex.getTarget().getType().toClass();
		ConfigurationProperty property = ex.getProperty();
		Origin origin = (property != null) ? property.getOrigin() : null;
		return new FailureAnalysis(
				FailureText.setting(ex.getName().toString(), value(ex, type), origin, "must be " + allowed(type)),
				"Correct the value of '" + ex.getName() + "'.", failure);
	}

	// text values may be secret; values of other types are not
	private static String value(BindException ex, Class<?> type) {
		boolean secret = ex.getName().getLastElement(Form.UNIFORM).isEmpty() || type == String.class
				|| type.getName().startsWith("java.util.") || type.isRecord();
		if (secret) {
			return "";
		}
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion) {
				return FailureText.printable(String.valueOf(conversion.getValue()));
			}
		}
		ConfigurationProperty property = ex.getProperty();
		return (property != null) ? FailureText.printable(String.valueOf(property.getValue())) : "";
	}

	private static String allowed(Class<?> type) {
		if (type.isEnum()) {
			return Stream.of(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ", "one of ", ""));
		}
		return switch (type.getSimpleName()) {
			case "Duration" -> "a duration with a unit, such as 500ms, 10s or 5m";
			case "DataSize" -> "a size with a unit, such as 512KB or 8MB";
			case "Boolean", "boolean" -> "true or false";
			case "Integer", "int" -> "a whole number up to " + Integer.MAX_VALUE;
			case "Double" -> "a number, such as 1.5";
			case "List" -> "a list";
			case "Map" -> "a map of names and values";
			default -> type.isRecord() ? "a group of settings, not a value" : "a text";
		};
	}

}
