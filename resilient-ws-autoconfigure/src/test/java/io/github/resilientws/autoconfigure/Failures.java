package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.Objects;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Analyzes failures with all analyzers that are registered, in their order, as Boot does,
 * and checks the texts that a user reads.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Start an application that must fail, and analyze its failure.
	 * @param yaml the configuration
	 * @return the analysis
	 */
	static FailureAnalysis analyze(String yaml) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		Contexts.yaml(Contexts.real(), yaml).run((context) -> {
			assertThat(context).hasFailed();
			result[0] = analyze(context.getStartupFailure());
		});
		return result[0];
	}

	/**
	 * Check the text about one wrong setting of the client {@code chat}.
	 * @param yaml the setting, as it stands below the client
	 * @param key its key, without the prefix of the client
	 * @param value the value that the text shows; empty if it shows none
	 * @param reason part of the reason
	 */
	static void assertNamesSetting(String yaml, String key, String value, String reason) {
		FailureAnalysis analysis = analyze("""
				resilient-ws:
				  clients:
				    chat:
				      url: ws://localhost
				      %s
				""".formatted(yaml));
		String name = "resilient-ws.clients.chat." + key;
		assertThat(analysis.getDescription()).contains("'" + name + "'").contains(reason);
		if (!value.isEmpty()) {
			assertThat(analysis.getDescription()).contains("Value:  " + value);
		}
		assertThat(analysis.getDescription()).contains("Reason: ").contains("Origin: ");
		assertThat(analysis.getAction()).contains(name);
	}

	/**
	 * Check the text about a configuration that is wrong as a whole.
	 * @param yaml the configuration
	 * @param description part of the description
	 */
	static void assertDescribes(String yaml, String description) {
		FailureAnalysis analysis = analyze(yaml);
		assertThat(analysis.getDescription()).contains(description);
		assertThat(analysis.getAction()).isNotBlank();
	}

	static FailureAnalysis analyze(Throwable failure) {
		return analyze(failure, new StandardEnvironment());
	}

	static FailureAnalysis analyze(Throwable failure, Environment environment) {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
				.and(Environment.class, environment), FailureHandler.handleMessage((message, ex) -> {
				}));
		return analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("no analysis", failure));
	}

}
