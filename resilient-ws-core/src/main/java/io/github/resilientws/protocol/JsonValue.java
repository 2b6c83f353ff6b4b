package io.github.resilientws.protocol;

/**
 * A value of a template that is JSON already and is written as it is.
 *
 * @param json the JSON
 * @since 0.1
 */
public record JsonValue(String json) {

	/** Return the JSON, which the template writes. */
	@Override
	public String toString() {
		return this.json;
	}

}
