package io.github.resilientws.autoconfigure;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

import io.github.resilientws.event.WebSocketClientEvent;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;

/**
 * Whether an application listens to {@link WebSocketMessageReceivedEvent} or
 * {@link WebSocketClientEvent}. Listeners of all application events do not count.
 */
class MessageEventInterest {

	private static final ResolvableType MESSAGE = ResolvableType.forClass(WebSocketMessageReceivedEvent.class);

	private static final ResolvableType UNRELATED = ResolvableType.forClass(UnrelatedEvent.class);

	private final ApplicationContext context;

	MessageEventInterest(ApplicationContext context) {
		this.context = context;
	}

	boolean isDeclared() {
		for (ApplicationContext current = this.context; current != null; current = current.getParent()) {
			if (isDeclaredIn(current)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isDeclaredIn(ApplicationContext context) {
		// beans that are lambdas or do not exist yet show
		// their event only in their definition
		return hasListenerBean(context, WebSocketMessageReceivedEvent.class)
				|| hasListenerBean(context, WebSocketClientEvent.class)
				|| (context instanceof AbstractApplicationContext abstractContext
						&& abstractContext.getApplicationListeners().stream().anyMatch(MessageEventInterest::wants));
	}

	private static boolean hasListenerBean(ApplicationContext context, Class<?> event) {
		ResolvableType type = ResolvableType.forClassWithGenerics(ApplicationListener.class, event);
		return context.getBeanNamesForType(type, true, false).length > 0;
	}

	private static boolean wants(ApplicationListener<?> listener) {
		GenericApplicationListener generic = (listener instanceof GenericApplicationListener present) ? present
				: new GenericApplicationListenerAdapter(listener);
		return generic.supportsEventType(MESSAGE) && !generic.supportsEventType(UNRELATED);
	}

	/** An event that only listeners of everything support. */
	private static final class UnrelatedEvent extends ApplicationEvent {

		private UnrelatedEvent(Object source) {
			super(source);
		}

	}

}
