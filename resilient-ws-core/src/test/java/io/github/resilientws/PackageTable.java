package io.github.resilientws;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which package may use which, ground floor first.
 */
final class PackageTable {

	static final Map<String, Set<String>> ROWS = rows(
			"""
					.settings             |
					(root)                |
					.event                |
					.reconnect            |
					.protocol             |
					.transport            |
					.transport.netty      | .transport
					.transport.spring     | .transport
					.cluster              |
					.cluster.jdbc         | .cluster
					.store                | .cluster
					.store.file           | .store .cluster
					.internal.jdbc        |
					.internal.transaction | .store
					.store.jdbc           | .store .cluster .internal.jdbc .internal.transaction
					.listener             | .event .protocol
					.metrics              | .event
					.observation          | .metrics
					.internal.state       |
					.internal.execution   | .transport
					.internal.codec       | .protocol
					.internal.framing     | .protocol .transport .internal.execution .internal.codec .internal.encoding
					.internal.encoding    | .protocol .transport .internal.execution
					.internal.monitoring  | .observation .transport .internal.execution
					.internal.election    | .cluster .transport .internal.execution .internal.monitoring
					.internal.admission   | .transport .internal.state .internal.execution .internal.encoding .internal.monitoring
					.internal.outbox      | .transport .internal.execution .internal.encoding .internal.monitoring .internal.admission
					.internal.request     | .protocol .transport .internal.execution .internal.framing .internal.encoding .internal.monitoring .internal.admission .internal.outbox
					.internal.answer      | .protocol .transport .internal.execution .internal.encoding .internal.monitoring .internal.request
					.internal.inbound     | .protocol .transport .listener .internal.execution .internal.monitoring .internal.answer
					.internal.subscription | .protocol .transport .listener .internal.execution .internal.framing .internal.encoding .internal.monitoring .internal.request
					.internal.delivery    | .protocol .transport .internal.execution .internal.encoding .internal.monitoring .internal.admission .internal.outbox
					.internal.persistence | .store .cluster .transport .internal.execution .internal.encoding .internal.monitoring .internal.admission .internal.delivery
					.internal.shared      | .store .transport .internal.execution .internal.encoding .internal.admission .internal.persistence
					.internal.owner       | .store .cluster .transport .internal.state .internal.execution .internal.encoding .internal.monitoring .internal.admission .internal.outbox .internal.delivery .internal.persistence .internal.shared
					.internal.heartbeat   | .protocol .transport .internal.execution .internal.outbox .internal.request
					.internal.session     | .protocol .transport .internal.execution .internal.election .internal.framing .internal.encoding .internal.request .internal.answer .internal.subscription .internal.delivery .internal.heartbeat
					.internal.connection  | .protocol .transport .internal.execution .internal.election .internal.framing .internal.encoding .internal.monitoring .internal.outbox .internal.request .internal.answer .internal.inbound .internal.subscription .internal.delivery .internal.heartbeat .internal.session
					.internal.handshake   | .protocol .transport .internal.execution .internal.election .internal.framing .internal.monitoring .internal.persistence .internal.session .internal.connection
					.internal.lifecycle   | .reconnect .cluster .transport .internal.state .internal.execution .internal.election .internal.monitoring .internal.outbox .internal.persistence .internal.connection .internal.handshake
					.internal             | .protocol .reconnect .transport .transport.netty .transport.spring .store .store.file .observation .internal.state .cluster .internal.execution .internal.election .internal.framing .internal.encoding .internal.monitoring .internal.admission .internal.outbox .internal.request .internal.answer .internal.inbound .internal.subscription .internal.delivery .internal.persistence .internal.shared .internal.owner .internal.heartbeat .internal.session .internal.connection .internal.handshake .internal.lifecycle
					""");

	private PackageTable() {
	}

	private static Map<String, Set<String>> rows(String table) {
		Map<String, Set<String>> rows = new LinkedHashMap<>();
		table.lines().map((line) -> line.split("\\|", -1)).forEach((row) -> {
			String name = row[0].strip().replace("(root)", "");
			Set<String> allowed = new LinkedHashSet<>(Set.of(name));
			if (!name.equals(".settings")) {
				allowed.addAll(Set.of("", ".settings"));
			}
			Arrays.stream(row[1].strip().split(" ")).filter((one) -> !one.isEmpty()).forEach(allowed::add);
			rows.put(name, allowed);
		});
		return rows;
	}

}
