package io.github.resilientws;

import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Keeps the events of one logger during a test. Clients may log while the test reads
 * them.
 */
public final class CapturedLog extends ListAppender<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger;

	private final Level level;

	private Level before;

	/**
	 * Keep what the logger lets through.
	 * @param type names the logger
	 */
	public CapturedLog(Class<?> type) {
		this(type, null);
	}

	/**
	 * Keep what the logger lets through.
	 * @param name name of the logger
	 */
	public CapturedLog(String name) {
		this(name, null);
	}

	/**
	 * Keep events from a level on.
	 * @param type names the logger
	 * @param level its level during the test
	 */
	public CapturedLog(Class<?> type, Level level) {
		this(type.getName(), level);
	}

	/**
	 * Keep events from a level on.
	 * @param name name of the logger
	 * @param level its level during the test
	 */
	public CapturedLog(String name, Level level) {
		this.logger = (Logger) LoggerFactory.getLogger(name);
		this.level = level;
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.before = this.logger.getLevel();
		if (this.level != null) {
			this.logger.setLevel(this.level);
		}
		this.list = new CopyOnWriteArrayList<>();
		start();
		this.logger.addAppender(this);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.detachAppender(this);
		this.logger.setLevel(this.before);
	}

}
