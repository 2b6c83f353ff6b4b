package io.github.resilientws.sample.view;

import java.util.Map;
import java.util.function.BiConsumer;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.resilientws.sample.prices.Prices;

/**
 * Subscribes to prices, and requests them.
 */
@RestController
class PriceController {

	private static final Map<String, BiConsumer<Prices, String>> OPERATIONS = Map.of("subscribe", Prices::subscribe,
			"unsubscribe", Prices::unsubscribe, "quote", Prices::quote);

	private final Prices prices;

	PriceController(Prices prices) {
		this.prices = prices;
	}

	@PostMapping("/api/prices/{symbol}/{operation}")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void operate(@PathVariable String symbol, @PathVariable String operation) {
		BiConsumer<Prices, String> function = OPERATIONS.get(operation);
		if (function == null || this.prices.stocks().stream().noneMatch((stock) -> stock.symbol().equals(symbol))) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such stock or operation");
		}
		function.accept(this.prices, symbol);
	}

}
