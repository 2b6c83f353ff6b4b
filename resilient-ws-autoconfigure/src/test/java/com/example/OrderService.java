package com.example;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import io.github.resilientws.ResilientWebSocketClient;

@Service
class OrderService {

	private final JdbcClient jdbc;

	private final ResilientWebSocketClient exchange;

	OrderService(JdbcClient jdbc, ResilientWebSocketClient exchange) {
		this.jdbc = jdbc;
		this.exchange = exchange;
	}

	@Transactional
	void place(String id) {
		this.jdbc.sql("INSERT INTO ORDERS (ID) VALUES (?)").param(id).update();
		this.exchange.send("order " + id);
	}

}
