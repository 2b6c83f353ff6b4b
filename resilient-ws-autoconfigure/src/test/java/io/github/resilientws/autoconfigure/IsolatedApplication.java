package io.github.resilientws.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * An application whose class path lacks what an application may lack.
 */
final class IsolatedApplication {

	private IsolatedApplication() {
	}

	/**
	 * Start an application with one client, send a message, and end it.
	 * @param missing regular expression of the names of the jars to leave out
	 * @param url where the client connects
	 * @return what became of it: the state of the client and names of beans, or the
	 * description and action of the failed start
	 */
	static String run(String missing, String url) throws Exception {
		return run(missing, url, "");
	}

	/**
	 * Start an application with one client, send a message, and end it.
	 * @param missing regular expression of the names of the jars to leave out
	 * @param url where the client connects
	 * @param settings more settings of the client, in YAML, each after a comma
	 * @return what became of it
	 */
	static String run(String missing, String url, String settings) throws Exception {
		Predicate<String> excluded = Pattern.compile(missing).asMatchPredicate();
		URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> !excluded.test(path.getFileName().toString()))
			.map(IsolatedApplication::url)
			.toArray(URL[]::new);
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(loader);
			return (String) loader.loadClass(Inside.class.getName())
				.getMethod("run", String.class, String.class)
				.invoke(null, url, settings);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs inside the class loader that lacks something.
	 */
	public static final class Inside {

		private Inside() {
		}

		public static String run(String url, String settings) throws InterruptedException {
			try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.NONE,
					"resilient-ws: { clients: { chat: { url: '%s'%s } } }".formatted(url, settings))) {
				ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
				chat.awaitReady(Duration.ofSeconds(10));
				chat.send("hello").join();
				return chat.getState() + " "
						+ Arrays.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, Object.class));
			}
			catch (RuntimeException ex) {
				FailureAnalysis analysis = Failures.analyze(ex);
				return analysis.getDescription() + "\n" + analysis.getAction();
			}
		}

	}

}
