package io.github.resilientws.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * What a failed statement says about its effect.
 */
enum FailureKind {

	/** There was no connection: nothing was done. */
	NO_CONNECTION,

	/** The connection was lost: the statement may have been committed. */
	UNKNOWN_OUTCOME,

	/** The database answered with an error: nothing was done. */
	REFUSED;

	private static final int LONGEST_TEXT = 200;

	/** The outcome is unknown, or the server ends the connection. */
	private static final Set<String> LOST_CONNECTION = Set.of("40003", "57P01", "57P02", "57P03", "57P05");

	/** The classes of SQL states whose texts may contain values of a message. */
	private static final Set<String> DATA_ERRORS = Set.of("22", "23");

	static FailureKind of(Throwable failure) {
		if (failure instanceof CannotGetJdbcConnectionException) {
			return NO_CONNECTION;
		}
		SQLException cause = sqlException(failure);
		if (cause == null || cause.getSQLState() == null || cause instanceof SQLRecoverableException
				|| cause instanceof SQLTimeoutException || cause instanceof SQLNonTransientConnectionException
				|| cause instanceof SQLTransientConnectionException) {
			return UNKNOWN_OUTCOME;
		}
		String state = cause.getSQLState();
		return (state.startsWith("08") || LOST_CONNECTION.contains(state)) ? UNKNOWN_OUTCOME : REFUSED;
	}

	/**
	 * Describe a failure without values of messages.
	 * @param failure the failure
	 * @return a text for logs and callers
	 */
	static String describe(Throwable failure) {
		SQLException cause = sqlException(failure);
		if (cause == null) {
			Throwable root = (failure.getCause() != null) ? failure.getCause() : failure;
			return root.getClass().getSimpleName();
		}
		String state = cause.getSQLState();
		String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
		if (state == null) {
			return cut(text);
		}
		return isDataError(failure) ? "the database refuses the data (SQL state " + state + ")"
				: cut(text) + " (SQL state " + state + ")";
	}

	/**
	 * Return whether the database works but refuses a row.
	 * @param failure the failure
	 * @return whether a value of a row is the problem
	 */
	static boolean isDataError(Throwable failure) {
		SQLException cause = sqlException(failure);
		String state = (cause != null) ? cause.getSQLState() : null;
		return state != null && state.length() >= 2 && DATA_ERRORS.contains(state.substring(0, 2));
	}

	private static String cut(String text) {
		return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
	}

	private static @Nullable SQLException sqlException(@Nullable Throwable failure) {
		Throwable current = failure;
		for (int depth = 0; current != null && depth < 20; depth++) {
			if (current instanceof SQLException ex) {
				return ex;
			}
			current = current.getCause();
		}
		return null;
	}

}
