package io.github.resilientws.listener;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What listener methods of a test received, in order.
 */
class Received {

	private final List<Object> values = new ArrayList<>();

	void add(Object... values) {
		this.values.add((values.length == 1) ? values[0] : Arrays.asList(values));
	}

	List<Object> values() {
		return this.values;
	}

}
