package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps only the lines of the log that hold a canary.
 */
final class CanaryLog extends AppenderBase<ILoggingEvent> {

	private final Queue<String> finds = new ConcurrentLinkedQueue<>();

	private final Queue<String> earliest = new ConcurrentLinkedQueue<>();

	private final String canary;

	private final List<String> excepted;

	/**
	 * Make a log.
	 * @param canary what is looked for
	 * @param excepted beginnings of the names of loggers that may show it
	 */
	CanaryLog(String canary, List<String> excepted) {
		this.canary = canary;
		this.excepted = excepted;
	}

	/**
	 * Return the first lines of our loggers, which say whether the log was there in time.
	 * @return the lines
	 */
	String earliest() {
		return String.join("\n", this.earliest);
	}

	Queue<String> finds() {
		return this.finds;
	}

	@Override
	public void start() {
		super.start();
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		setContext(root.getLoggerContext());
		root.addAppender(this);
		assertThat(root.getLevel()).isEqualTo(Level.TRACE);
	}

	@Override
	public void stop() {
		super.stop();
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
	}

	@Override
	protected synchronized void append(ILoggingEvent event) {
		if (this.earliest.size() < 100 && event.getLoggerName().startsWith("io.github.resilientws")) {
			this.earliest.add(event.getFormattedMessage());
		}
		String text = event.getFormattedMessage()
				+ ((event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy()) : "");
		if (text.contains(this.canary) && this.excepted.stream().noneMatch(event.getLoggerName()::startsWith)) {
			this.finds.add(event.getLevel() + " " + event.getLoggerName() + ": "
					+ text.substring(0, Math.min(300, text.length())));
		}
	}

}
