package io.github.resilientws.cluster.jdbc;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectionTables}.
 */
@ParameterizedClass
@Databases
class ElectionTablesTests {

	private final ElectionTables tables;

	private final ElectionTables others;

	ElectionTablesTests(Database database) {
		DataSource dataSource = database.create();
		this.tables = new ElectionTables(dataSource, "RESILIENT_WS_", "shop", Duration.ofSeconds(10));
		this.others = new ElectionTables(dataSource, "RESILIENT_WS_", "shop", Duration.ofSeconds(10));
	}

	@AfterEach
	void disconnect() {
		this.tables.disconnect();
		this.others.disconnect();
	}

	@Test
	void linesAreNotTakenAfterALookThatIsOutOfDate() {
		List<LineRow> lines = insertLine("shop/chat");
		assertThat(this.others.takeLines("other", lines)).containsExactly(new LineRow("shop/chat", "other", 1, null));
		assertThat(this.tables.takeLines("me", lines)).isEmpty();
		assertThat(this.tables.readLines().values()).containsExactly(new LineRow("shop/chat", "other", 1, null));
	}

	@Test
	void lineIsNotFreedByAnOlderOwner() {
		LineRow first = this.tables.takeLines("me", insertLine("shop/chat")).get(0);
		LineRow second = this.others.takeLines("other", List.of(first)).get(0);
		this.tables.freeLine("shop/chat", "me", first.fence());
		this.tables.freeLine("shop/chat", "other", first.fence());
		assertThat(this.tables.readLines().values()).containsExactly(second);
		this.tables.freeLine("shop/chat", "other", second.fence());
		assertThat(this.tables.readLines().values())
			.containsExactly(new LineRow("shop/chat", null, second.fence(), null));
	}

	@Test
	void instanceThatRenewedItsLeaseIsNotDeleted() {
		this.tables.insertInstance("me", "pod-1");
		InstanceRow seen = this.others.readInstances().get("me");
		assertThat(this.tables.beat("me")).isTrue();
		assertThat(this.others.deleteInstance(seen)).isFalse();
		assertThat(this.others.deleteInstance(this.others.readInstances().get("me"))).isTrue();
		assertThat(this.tables.beat("me")).isFalse();
	}

	@Test
	void lineThatAnotherInstanceInsertedIsNotAnError() {
		insertLine("shop/chat");
		assertThat(this.others.insertLines(List.of("shop/feed", "shop/chat"))).isFalse();
		assertThat(this.others.readLines()).containsOnlyKeys("shop/chat");
		assertThat(this.others.insertLines(List.of("shop/feed"))).isTrue();
		assertThat(this.tables.readLines()).containsOnlyKeys("shop/chat", "shop/feed");
	}

	@Test
	void changesOfAnotherInstanceAreSeenAtOnce() {
		assertThat(this.others.readLines()).isEmpty();
		insertLine("shop/chat");
		assertThat(this.others.readLines()).containsOnlyKeys("shop/chat");
	}

	@Test
	void groupsAreComparedExactly() {
		assertThat(this.tables.insertLines(List.of("shop/chat", "Shop/chat", "shop /chat", "sh_p/chat"))).isTrue();
		assertThat(this.tables.readLines()).containsOnlyKeys("shop/chat");
	}

	private List<LineRow> insertLine(String line) {
		assertThat(this.tables.insertLines(List.of(line))).isTrue();
		return List.copyOf(this.tables.readLines().values());
	}

}
