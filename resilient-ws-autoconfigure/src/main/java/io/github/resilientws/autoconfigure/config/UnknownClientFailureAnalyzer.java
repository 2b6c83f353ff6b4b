package io.github.resilientws.autoconfigure.config;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;

/**
 * Describes an injection point that names a client which is not configured. Runs before
 * Spring Boot's analyzer of missing beans, which does not know the names.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownClientFailureAnalyzer implements FailureAnalyzer {

	private final Environment environment;

	UnknownClientFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnsatisfiedDependencyException ex && isClientMissing(ex.getCause())) {
				InjectionPoint point = ex.getInjectionPoint();
				WebSocketClientName name = (point != null) ? point.getAnnotation(WebSocketClientName.class) : null;
				return (point != null && name != null) ? describe(failure, name.value(), point) : null;
			}
		}
		return null;
	}

	private static boolean isClientMissing(@Nullable Throwable cause) {
		ResolvableType type = (cause instanceof NoSuchBeanDefinitionException missing
				&& !(cause instanceof NoUniqueBeanDefinitionException)) ? missing.getResolvableType() : null;
		return type != null && type.toClass() == ResilientWebSocketClient.class;
	}

	private FailureAnalysis describe(Throwable failure, String name, InjectionPoint point) {
		Set<String> names = new TreeSet<>(new ClientNames(this.environment, null).find());
		return new FailureAnalysis(
				"No WebSocket client is called '" + FailureText.printable(name) + "', which "
						+ point.getMember().getDeclaringClass().getName() + " needs; "
						+ (names.isEmpty() ? "no client is configured" : "configured are " + String.join(", ", names)),
				"Correct the name in @WebSocketClientName, or configure 'resilient-ws.clients." + name + "'.", failure);
	}

}
