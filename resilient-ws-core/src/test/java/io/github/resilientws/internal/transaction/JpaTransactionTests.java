package io.github.resilientws.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Table;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.TransactionalWriter.Participation;
import io.github.resilientws.store.jdbc.TransactionPhaseListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for messages of a {@code @Transactional} service with JPA.
 */
class JpaTransactionTests {

	@ParameterizedTest
	@Databases
	void messageIsStoredWithTheEntity(Database database) {
		run(database, (context) -> {
			context.getBean(Orders.class).place("1", () -> {
			});
			TransactionalStore store = context.getBean(TransactionalStore.class);
			assertThat(store.orders()).containsExactly("1");
			assertThat(store.messages()).containsExactly("placed-1");
			assertThat(store.committed).containsOnlyKeys("placed-1");
		});
	}

	@ParameterizedTest
	@Databases
	void serviceThatFailsStoresNeither(Database database) {
		run(database, (context) -> {
			Orders orders = context.getBean(Orders.class);
			assertThatIllegalStateException().isThrownBy(() -> orders.place("1", () -> {
				throw new IllegalStateException("not today");
			}));
			TransactionalStore store = context.getBean(TransactionalStore.class);
			assertThat(store.orders()).isEmpty();
			assertThat(store.messages()).isEmpty();
		});
	}

	@ParameterizedTest
	@Databases
	void entityThatFailsStoresNoMessage(Database database) {
		run(database, (context) -> {
			Orders orders = context.getBean(Orders.class);
			assertThatException().isThrownBy(() -> orders.place("x".repeat(51), () -> {
			}));
			assertThat(context.getBean(TransactionalStore.class).messages()).isEmpty();
		});
	}

	// JPA does not look at the flag of the connection
	@ParameterizedTest
	@Databases
	void earlyInsertThatFailsFailsTheCommit(Database database) {
		run(database, (context) -> {
			TransactionalStore store = context.getBean(TransactionalStore.class);
			Orders orders = context.getBean(Orders.class);
			assertThatException().isThrownBy(() -> orders.place("1", () -> {
				store.send(TransactionalStore.tooLong());
				IntStream.range(0, TransactionMessages.MOST_WAITING).forEach((i) -> store.send("many-" + i));
			}));
			assertThat(store.orders()).isEmpty();
			assertThat(store.messages()).isEmpty();
		});
	}

	@ParameterizedTest
	@Databases
	void listenerAfterTheCommitIsOutside(Database database) {
		run(database, (context) -> {
			context.getBean(Orders.class).place("1", () -> {
			});
			assertThat(context.getBean(AfterCommit.class).seen).containsExactly(Participation.NONE);
		});
	}

	private static void run(Database database, Consumer<AnnotationConfigApplicationContext> test) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(TransactionalStore.class, () -> new TransactionalStore(database));
			context.register(Application.class);
			context.refresh();
			test.accept(context);
		}
	}

	/** An entity of the application. */
	@Entity
	@Table(name = "ORDERS")
	static class Order {

		@Id
		private String id;

		protected Order() {
		}

		Order(String id) {
			this.id = id;
		}

	}

	/** A service of the application. */
	static class Orders {

		@PersistenceContext
		private EntityManager entities;

		private final TransactionalStore store;

		private final ApplicationEventPublisher events;

		Orders(TransactionalStore store, ApplicationEventPublisher events) {
			this.store = store;
			this.events = events;
		}

		@Transactional
		void place(String id, Runnable action) {
			this.entities.persist(new Order(id));
			this.store.send("placed-" + id.length());
			action.run();
			this.events.publishEvent(new Placed(id));
		}

	}

	/** A listener of the application. */
	static class AfterCommit {

		private final List<Participation> seen = new ArrayList<>();

		private final TransactionalStore store;

		AfterCommit(TransactionalStore store) {
			this.store = store;
		}

		@TransactionalEventListener
		void placed(Placed event) {
			this.seen.add(this.store.writer.getParticipation());
		}

	}

	record Placed(String id) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class Application {

		@Bean
		LocalContainerEntityManagerFactoryBean entityManagerFactory(TransactionalStore store) {
			LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
			factory.setDataSource(store.dataSource);
			factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
			factory.setManagedTypes(PersistenceManagedTypes.of(Order.class.getName()));
			return factory;
		}

		@Bean
		JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
			JpaTransactionManager transactionManager = new JpaTransactionManager(entityManagerFactory);
			transactionManager.addListener(new TransactionPhaseListener());
			return transactionManager;
		}

		@Bean
		Orders orders(TransactionalStore store, ApplicationEventPublisher events) {
			return new Orders(store, events);
		}

		@Bean
		AfterCommit afterCommit(TransactionalStore store) {
			return new AfterCommit(store);
		}

	}

}
