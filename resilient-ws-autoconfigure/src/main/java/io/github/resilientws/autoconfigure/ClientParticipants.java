package io.github.resilientws.autoconfigure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * Tells the participants, in their order, of each client once. Those that are there
 * before all singletons are wait until then, so that a listener may have its client
 * injected.
 */
class ClientParticipants implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ClientParticipants.class);

	private final ClientConfigurations configurations;

	private final ClientCollaborators collaborators;

	private final ObjectProvider<ClientParticipant> participants;

	private final ObjectProvider<ResilientWebSocketClients> clients;

	private final Set<String> joined = ConcurrentHashMap.newKeySet();

	private volatile boolean started;

	ClientParticipants(ClientConfigurations configurations, ClientCollaborators collaborators,
			ObjectProvider<ClientParticipant> participants, ObjectProvider<ResilientWebSocketClients> clients) {
		this.configurations = configurations;
		this.collaborators = collaborators;
		this.participants = participants;
		this.clients = clients;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.collaborators.checkBeans(this.configurations.getNames());
		this.collaborators.checkQualifiers(this.configurations.getNames());
		// first: a client that is made meanwhile is seen below, or by itself, or by both
		this.started = true;
		this.clients.getObject().forEach(this::join);
	}

	void join(ResilientWebSocketClient client) {
		if (this.started && this.joined.add(client.getName())) {
			this.participants.orderedStream().forEach((participant) -> participant.joined(client));
		}
	}

	void leave(String name) {
		this.participants.orderedStream().forEach((participant) -> leave(participant, name));
		this.joined.remove(name);
	}

	// the name must become free whatever a participant does
	private static void leave(ClientParticipant participant, String name) {
		try {
			participant.left(name);
		}
		catch (RuntimeException ex) {
			logger.warn("[" + name + "] " + participant.getClass().getName() + " failed when the client left: "
					+ ex.getClass().getName());
		}
	}

}
