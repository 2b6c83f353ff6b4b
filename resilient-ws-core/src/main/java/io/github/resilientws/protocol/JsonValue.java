package io.github.resilientws.protocol;

/**
 * A value of a template that is JSON already.
 *
 * @param json the JSON
 */
public record JsonValue(String json) {

	/** The text itself, which is what a template writes. */
	@Override
	public String toString() {
		return this.json;
	}

}
