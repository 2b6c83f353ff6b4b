package io.github.resilientws.metrics;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
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

	private static final String PROBE = "nothing is registered under this name";

	private final MeterRegistry registry;

	private final Tags tags;

	private final Set<Meter> meters = Collections.newSetFromMap(new IdentityHashMap<>());

	// shows whose meters the registry holds: a group is registered and removed as a whole
	private Counter.@Nullable Builder marker;

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
		Counter.Builder builder = Counter.builder(PREFIX + name).tags(all).description(description);
		Counter counter = builder.register(this.registry);
		this.meters.add(counter);
		this.marker = (this.marker != null) ? this.marker : builder;
		return counter;
	}

	Timer timer(String name, String description, String... extraTags) {
		Tags all = replace(name, Meter.Type.TIMER, extraTags);
		Timer timer = Timer.builder(PREFIX + name).tags(all).description(description).register(this.registry);
		this.meters.add(timer);
		return timer;
	}

	/**
	 * Remove the meters, unless a later group has taken over their names. Does not search
	 * all meters of the registry, which would take quadratic time when many clients are
	 * removed.
	 */
	void remove() {
		if (!isTakenOver()) {
			this.meters.forEach((meter) -> this.registry.remove(meter.getId()));
		}
		this.meters.clear();
	}

	// a registry returns its counter of that name, or registers a new one
	private boolean isTakenOver() {
		if (this.marker == null) {
			return false;
		}
		Counter present = this.marker.description(PROBE).register(this.registry);
		if (PROBE.equals(present.getId().getDescription())) {
			this.registry.remove(present.getId());
			return false;
		}
		return !this.meters.contains(present);
	}

	private Tags replace(String name, Meter.Type type, String... extraTags) {
		Tags all = this.tags.and(extraTags);
		// a registry keeps the first meter of a name: one of an earlier client would stay
		this.registry.removeByPreFilterId(new Meter.Id(PREFIX + name, all, null, null, type));
		return all;
	}

}
