package io.github.resilientws.listener;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;

import io.github.resilientws.FakeClient;
import io.github.resilientws.FakeClients;
import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketListenerMethodProcessorTests {

	@Test
	void oneListenerAClientHoweverManyMethods() {
		try (ListenerContext context = ListenerContext.started(Received.class, Ordering.class, Everyone.class)) {
			assertThat(context.clients().get("chat").listeners).hasSize(1);
			assertThat(context.clients().get("feed").listeners).hasSize(1);
		}
	}

	@Test
	void clientWithoutMethodsGetsNoListener() {
		try (ListenerContext context = ListenerContext.started(Received.class, Ordering.class)) {
			assertThat(context.clients().get("feed").listeners).isEmpty();
		}
	}

	@Test
	void emptyClientMeansAll() {
		try (ListenerContext context = ListenerContext.started(Received.class, Everyone.class)) {
			context.receive("chat", "1");
			context.receive("feed", "2");
			assertThat(context.getBean(Received.class).values()).containsExactly("everyone 1", "everyone 2");
		}
	}

	@Test
	void clientThatComesLaterGetsTheMethodsOfAllOnce() {
		try (ListenerContext context = ListenerContext.started(Received.class, Ordering.class, Everyone.class)) {
			WebSocketListenerMethodProcessor processor = context.getBean(WebSocketListenerMethodProcessor.class);
			FakeClient late = new FakeClient("late");
			processor.register(late);
			processor.register(late);
			processor.register(context.clients().get("chat"));
			assertThat(context.clients().get("chat").listeners).hasSize(1);
			assertThat(late.listeners).hasSize(1);
			late.receive("1");
			assertThat(context.getBean(Received.class).values()).containsExactly("everyone 1");
			processor.unregister("late");
			FakeClient next = new FakeClient("late");
			processor.register(next);
			assertThat(next.listeners).hasSize(1);
		}
	}

	@Test
	void registrationsEndWithTheContext() {
		FakeClient late = new FakeClient("late");
		try (ListenerContext context = ListenerContext.started(Received.class, Everyone.class)) {
			context.getBean(WebSocketListenerMethodProcessor.class).register(late);
		}
		assertThat(late.listeners).isEmpty();
	}

	@Test
	void methodsAreCalledInOrderThenAsDeclared() {
		try (ListenerContext context = ListenerContext.started(Received.class, Ordering.class, Everyone.class)) {
			context.receive("chat", "");
			assertThat(context.getBean(Received.class).values()).containsExactly("first", "zulu", "alpha", "mike",
					"everyone ");
		}
	}

	@Test
	void metaAnnotatedInheritedAndInterfaceMethodsListen() {
		try (ListenerContext context = ListenerContext.started(Received.class, Child.class)) {
			context.receive("chat", "x");
			assertThat(context.getBean(Received.class).values()).containsExactlyInAnyOrder("meta", "inherited",
					"overridden");
		}
	}

	@Test
	void othersAreCalledWhenOneFailsAndFirstFailureIsThrown() {
		try (ListenerContext context = ListenerContext.started(Received.class, Failing.class)) {
			assertThatThrownBy(() -> context.receive("chat", "x")).isInstanceOf(IOException.class)
				.hasMessage("checked")
				.hasSuppressedException(new AssertionError("error"));
			assertThat(context.getBean(Received.class).values()).containsExactly("last");
		}
	}

	@Test
	void proxiedBeansAreCalledThroughTheirProxy() {
		try (ListenerContext context = ListenerContext.started(Received.class, Proxies.class)) {
			context.receive("chat", "x");
			assertThat(context.getBean(Received.class).values()).containsExactly("advised", "jdk", "advised", "cglib",
					"advised", "lazy");
		}
	}

	@Test
	void lazyBeanIsMadeByItsFirstMessage() {
		try (ListenerContext context = ListenerContext.started(Received.class, LazyBean.class)) {
			assertThat(context.getBean(Received.class).values()).isEmpty();
			context.receive("chat", "x");
			context.receive("chat", "y");
			assertThat(context.getBean(Received.class).values()).containsExactly("made", "x", "y");
		}
	}

	@Test
	void prototypeIsMadeForEachMessage() {
		try (ListenerContext context = ListenerContext.started(Received.class, Prototype.class)) {
			context.receive("chat", "x");
			context.receive("chat", "y");
			assertThat(context.getBean(Received.class).values()).containsExactly("made", "x", "made", "y");
		}
	}

	@Test
	void scopedBeanIsCalledOnceThroughItsScopedProxy() {
		try (ListenerContext context = ListenerContext.started(Received.class, Scoped.class)) {
			context.receive("chat", "x");
			context.receive("chat", "y");
			assertThat(context.getBean(Received.class).values()).containsExactly("made", "x", "made", "y");
		}
	}

	@Test
	void endOfTheContextRemovesTheListeners() {
		FakeClients clients;
		try (ListenerContext context = ListenerContext.started(Received.class, Everyone.class)) {
			clients = context.clients();
		}
		assertThat(clients.get("chat").listeners).isEmpty();
	}

	record Everyone(Received received) {

		@WebSocketListener
		void on(String text) {
			this.received.add("everyone " + text);
		}

	}

	record Ordering(Received received) {

		@WebSocketListener(client = "chat")
		void zulu() {
			this.received.add("zulu");
		}

		@WebSocketListener(client = "chat")
		void alpha() {
			this.received.add("alpha");
		}

		@WebSocketListener(client = "chat")
		void mike() {
			this.received.add("mike");
		}

		@Order(1)
		@WebSocketListener(client = "chat")
		void first() {
			this.received.add("first");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@WebSocketListener
	@interface ChatListener {

		@AliasFor(annotation = WebSocketListener.class)
		String client() default "chat";

	}

	interface Contract {

		@WebSocketListener(client = "chat")
		void overridden(String text);

	}

	abstract static class Parent {

		final Received received;

		Parent(Received received) {
			this.received = received;
		}

		@WebSocketListener(client = "chat")
		protected void inherited() {
			this.received.add("inherited");
		}

	}

	static class Child extends Parent implements Contract {

		Child(Received received) {
			super(received);
		}

		@ChatListener
		void meta() {
			this.received.add("meta");
		}

		@Override
		public void overridden(String text) {
			this.received.add("overridden");
		}

	}

	record Failing(Received received) {

		@WebSocketListener(client = "chat")
		void checked() throws IOException {
			throw new IOException("checked");
		}

		@WebSocketListener(client = "chat")
		void error() {
			throw new AssertionError("error");
		}

		@WebSocketListener(client = "chat")
		void last() {
			this.received.add("last");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxies {

		@Bean
		MethodInterceptor advice(Received received) {
			return (invocation) -> {
				received.add("advised");
				return invocation.proceed();
			};
		}

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("jdk", "cglib", "lazyJdk");
			creator.setInterceptorNames("advice");
			return creator;
		}

		@Bean
		Contract jdk(Received received) {
			return new Implementation(received, "jdk");
		}

		@Bean
		Cglib cglib(Received received) {
			return new Cglib(received);
		}

		@Bean
		@Lazy
		Implementation lazyJdk(Received received) {
			return new Implementation(received, "lazy");
		}

	}

	static class Implementation implements Contract {

		private final Received received;

		private final String name;

		Implementation(Received received, String name) {
			this.received = received;
			this.name = name;
		}

		@Override
		public void overridden(String text) {
			this.received.add(this.name);
		}

	}

	static class Cglib {

		private final Received received;

		Cglib(Received received) {
			this.received = received;
		}

		@WebSocketListener(client = "chat")
		void on(String text) {
			this.received.add("cglib");
		}

	}

	@Lazy
	static class LazyBean {

		private final Received received;

		LazyBean(Received received) {
			this.received = received;
			received.add("made");
		}

		@WebSocketListener(client = "chat")
		void on(String text) {
			this.received.add(text);
		}

	}

	@Scope("prototype")
	static class Prototype extends LazyBean {

		Prototype(Received received) {
			super(received);
		}

	}

	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class Scoped extends LazyBean {

		Scoped(Received received) {
			super(received);
		}

	}

}
