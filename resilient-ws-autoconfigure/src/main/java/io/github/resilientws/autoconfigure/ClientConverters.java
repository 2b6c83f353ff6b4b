package io.github.resilientws.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConverter;

/**
 * The converter of each client: the bean qualified with its name, otherwise a JSON
 * converter with the mapper of the application. It is not a bean, so that the application
 * does not find an additional converter.
 */
class ClientConverters {

	private final ClientCollaborators collaborators;

	private final @Nullable MessageConverter json;

	ClientConverters(ClientCollaborators collaborators, @Nullable MessageConverter json) {
		this.collaborators = collaborators;
		this.json = json;
	}

	@Nullable MessageConverter find(String client) {
		MessageConverter qualified = this.collaborators.qualified(MessageConverter.class, client);
		return (qualified != null) ? qualified : this.json;
	}

}
