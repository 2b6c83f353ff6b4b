package io.github.resilientws.sample.ticker;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

/**
 * Configures Spring's simple broker, at {@code /ticker} of the web server.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
class TickerConfiguration implements WebSocketMessageBrokerConfigurer {

	private static final long[] HEARTBEAT = { 10_000, 10_000 };

	private final TaskScheduler scheduler;

	private final TickerConnections connections;

	// the scheduler is Spring's own, which this configuration helps to create
	TickerConfiguration(@Lazy @Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler,
			TickerConnections connections) {
		this.scheduler = scheduler;
		this.connections = connections;
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint("/ticker").addInterceptors(this.connections);
	}

	@Override
	public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
		registration.addDecoratorFactory(this.connections);
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic").setHeartbeatValue(HEARTBEAT).setTaskScheduler(this.scheduler);
		registry.setApplicationDestinationPrefixes("/app");
	}

}
