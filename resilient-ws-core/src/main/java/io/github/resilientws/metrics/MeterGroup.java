package io.github.resilientws.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one client in one registry, registered and removed together.
 */
class MeterGroup {

	private static final String PREFIX = "resilient.ws.";

	private final MeterRegistry registry;

	private final Tags tags;

	private final List<Meter> meters = new ArrayList<>();

	MeterGroup(MeterRegistry registry, String client) {
		this.registry = registry;
		this.tags = Tags.of("client", client);
	}

	void gauge(String name, @Nullable String unit, String description, Supplier<Number> value, String... extraTags) {
		Tags all = replace(name, Meter.Type.GAUGE, extraTags);
		this.meters.add(Gauge.builder(PREFIX + name, value)
			.tags(all)
			.baseUnit(unit)
			.description(description)
			.register(this.registry));
	}

	<T> void counter(String name, String description, T source, ToDoubleFunction<T> value, String... extraTags) {
		Tags all = replace(name, Meter.Type.COUNTER, extraTags);
		this.meters.add(FunctionCounter.builder(PREFIX + name, source, value)
			.tags(all)
			.description(description)
			.register(this.registry));
	}

	Counter counter(String name, String description, String... extraTags) {
		Tags all = replace(name, Meter.Type.COUNTER, extraTags);
		Counter counter = Counter.builder(PREFIX + name).tags(all).description(description).register(this.registry);
		this.meters.add(counter);
		return counter;
	}

	Timer timer(String name, String description, String... extraTags) {
		Tags all = replace(name, Meter.Type.TIMER, extraTags);
		Timer timer = Timer.builder(PREFIX + name).tags(all).description(description).register(this.registry);
		this.meters.add(timer);
		return timer;
	}

	void remove() {
		List<Meter> present = this.registry.getMeters();
		for (Meter meter : this.meters) {
			// by identity: a later group may have taken over the same names
			if (present.stream().anyMatch((candidate) -> candidate == meter)) {
				this.registry.remove(meter);
			}
		}
		this.meters.clear();
	}

	private Tags replace(String name, Meter.Type type, String... extraTags) {
		Tags all = this.tags.and(extraTags);
		// a registry keeps the first meter of a name: one of an earlier client would stay
		this.registry.removeByPreFilterId(new Meter.Id(PREFIX + name, all, null, null, type));
		return all;
	}

}
