package io.github.resilientws.sample.prices;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.WebSocketSubscription;

/**
 * Prices of stocks: subscribed until the page unsubscribes, whatever happens to the
 * connection, or requested once. Any thread may use it.
 */
@Component
public class Prices {

	// the server does not list the last one
	private static final List<String> SYMBOLS = List.of("ACME", "GLOBEX", "INITECH", "HOOLI");

	private final ResilientWebSocketClient client;

	private final Map<String, WebSocketSubscription> subscriptions = new ConcurrentHashMap<>();

	private final Map<String, Double> prices = new ConcurrentHashMap<>();

	private final Map<String, String> quotes = new ConcurrentHashMap<>();

	Prices(@WebSocketClientName("prices") ResilientWebSocketClient client) {
		this.client = client;
	}

	/**
	 * Return the stocks.
	 * @return all stocks, in a fixed order
	 */
	public List<Stock> stocks() {
		return SYMBOLS.stream().map(this::stock).toList();
	}

	private Stock stock(String symbol) {
		WebSocketSubscription subscription = this.subscriptions.get(symbol);
		return new Stock(symbol, subscription != null, subscription != null && subscription.isActive(),
				(subscription != null) ? this.prices.get(symbol) : null, this.quotes.get(symbol));
	}

	/**
	 * Subscribe to the prices of a stock, on this and all later connections.
	 * @param symbol symbol of the stock
	 */
	public void subscribe(String symbol) {
		this.subscriptions.computeIfAbsent(symbol, (name) -> this.client.subscribe("/topic/prices." + name, Price.class,
				(price) -> this.prices.put(name, price.price())));
	}

	/**
	 * Cancel the subscription to the prices of a stock.
	 * @param symbol symbol of the stock
	 */
	public void unsubscribe(String symbol) {
		WebSocketSubscription subscription = this.subscriptions.remove(symbol);
		if (subscription != null) {
			subscription.close();
		}
	}

	/**
	 * Request the price of a stock.
	 * @param symbol symbol of the stock
	 */
	public void quote(String symbol) {
		this.quotes.put(symbol, "asked");
		this.client.convertSendAndReceive("/app/quotes." + symbol, null, Price.class)
			.whenComplete((price, failure) -> this.quotes.put(symbol, answer(price, failure)));
	}

	private static String answer(Price price, @Nullable Throwable failure) {
		if (failure instanceof WebSocketReplyException refusal) {
			return "refused: " + refusal.getPayload(String.class);
		}
		return (failure != null) ? "no answer: " + failure.getMessage()
				: String.format(Locale.ROOT, "%.2f", price.price());
	}

	record Price(String symbol, double price) {

	}

}
