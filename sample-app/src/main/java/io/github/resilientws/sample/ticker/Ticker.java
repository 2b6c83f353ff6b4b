package io.github.resilientws.sample.ticker;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;

/**
 * Publishes the prices of three stocks each second, and answers questions for one of
 * them.
 */
@Controller
class Ticker {

	private final SimpMessageSendingOperations broker;

	private final Map<String, Double> prices = new ConcurrentHashMap<>(
			Map.of("ACME", 100.0, "GLOBEX", 50.0, "INITECH", 20.0));

	// the same walk in each run
	private final Random random = new Random(1);

	Ticker(SimpMessageSendingOperations broker) {
		this.broker = broker;
	}

	@Scheduled(fixedRate = 1000)
	void publish() {
		this.prices.replaceAll((symbol, price) -> next(price));
		this.prices.forEach((symbol, price) -> this.broker.convertAndSend("/topic/prices." + symbol,
				new Quote(symbol, price, null)));
	}

	private double next(double price) {
		return Math.round(100 * price * (1 + this.random.nextGaussian() / 200)) / 100.0;
	}

	/**
	 * Answer a SUBSCRIBE with one MESSAGE, without the broker.
	 * @param symbol symbol of the stock
	 * @return its price, or an error
	 */
	@SubscribeMapping("/quotes.{symbol}")
	Quote quote(@DestinationVariable String symbol) {
		Double price = this.prices.get(symbol);
		return new Quote(symbol, price, (price != null) ? null : symbol + " is not listed");
	}

	@JsonInclude(Include.NON_NULL)
	record Quote(String symbol, @Nullable Double price, @Nullable String error) {

	}

}
