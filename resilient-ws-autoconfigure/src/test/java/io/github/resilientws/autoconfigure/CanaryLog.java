package io.github.resilientws.autoconfigure;

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

	private final String canary;

	private volatile int lines;

	CanaryLog(String canary) {
		this.canary = canary;
	}

	int lines() {
		return this.lines;
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
		assertThat(((Logger) LoggerFactory.getLogger("io.netty")).getEffectiveLevel()).isEqualTo(Level.TRACE);
	}

	@Override
	public void stop() {
		super.stop();
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
	}

	@Override
	protected synchronized void append(ILoggingEvent event) {
		this.lines++;
		String text = event.getFormattedMessage()
				+ ((event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy()) : "");
		if (text.contains(this.canary)) {
			this.finds.add(event.getLevel() + " " + event.getLoggerName() + ": "
					+ text.substring(0, Math.min(300, text.length())));
		}
	}

}
