package io.github.resilientws.transport.spring;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

import static org.assertj.core.api.Assertions.fail;

/**
 * Runs tests of the contract that are known not to hold, and fails when one does.
 */
final class KnownDifferences implements InvocationInterceptor {

	private static final Duration IMPATIENT = Duration.ofSeconds(1);

	private final Map<String, String> differences;

	KnownDifferences(Map<String, String> differences) {
		this.differences = Map.copyOf(differences);
	}

	@Override
	public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> context,
			ExtensionContext extension) throws Throwable {
		intercept(invocation, context.getExecutable().getName());
	}

	@Override
	public void interceptTestTemplateMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> context,
			ExtensionContext extension) throws Throwable {
		intercept(invocation, context.getExecutable().getName());
	}

	private void intercept(Invocation<Void> invocation, String test) throws Throwable {
		if (!this.differences.containsKey(test)) {
			invocation.proceed();
			return;
		}
		Awaitility.setDefaultTimeout(IMPATIENT);
		try {
			invocation.proceed();
		}
		catch (AssertionError | Exception ex) {
			// as known
			return;
		}
		finally {
			Awaitility.reset();
		}
		fail("%s holds now: take it from the list of differences", test);
	}

}
