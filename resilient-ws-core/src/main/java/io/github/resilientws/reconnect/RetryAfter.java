package io.github.resilientws.reconnect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date in one of the
 * three forms of HTTP.
 */
final class RetryAfter {

	private static final DateTimeFormatter IMF = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'",
			Locale.US);

	private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu",
			Locale.US);

	private static final int LONG_DIGITS = 18;

	private RetryAfter() {
	}

	// null if the header is absent, malformed or in the past
	static @Nullable Duration find(Map<String, List<String>> headers, Instant now) {
		List<String> values = headers.getOrDefault("retry-after", List.of());
		if (values.size() != 1) {
			return null;
		}
		String value = values.get(0).strip();
		Duration result = (isNumber(value)) ? seconds(value) : until(value, now);
		return (result != null && !result.isNegative() && !result.isZero()) ? result : null;
	}

	private static boolean isNumber(String value) {
		return !value.isEmpty() && value.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
	}

	private static Duration seconds(String digits) {
		return Duration.ofSeconds((digits.length() > LONG_DIGITS) ? Long.MAX_VALUE : Long.parseLong(digits));
	}

	private static @Nullable Duration until(String date, Instant now) {
		for (DateTimeFormatter format : List.of(IMF, rfc850(now), ASCTIME)) {
			try {
				return Duration.between(now, LocalDateTime.parse(date, format).toInstant(ZoneOffset.UTC));
			}
			catch (DateTimeException ex) {
				// the date has another form
			}
		}
		return null;
	}

	// RFC 9110, 5.6.7: a two-digit year is never more than 50 years ahead
	private static DateTimeFormatter rfc850(Instant now) {
		int firstYear = now.atOffset(ZoneOffset.UTC).getYear() - 49;
		return new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-")
			.appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
			.appendPattern(" HH:mm:ss 'GMT'")
			.toFormatter(Locale.US);
	}

}
