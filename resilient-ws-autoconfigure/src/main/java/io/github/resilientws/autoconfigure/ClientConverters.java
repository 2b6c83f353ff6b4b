package io.github.resilientws.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConverter;

/**
 * The converter of each client: the bean qualified with its name, or else JSON by the
 * application's own mapper. Not a converter bean itself: the application must not find
 * one more than it has.
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
