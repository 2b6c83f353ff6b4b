package io.github.resilientws.sample.view;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.resilientws.sample.chat.Chat;
import io.github.resilientws.sample.chat.ChatLine;

/**
 * Accepts chat lines from the page.
 */
@RestController
class ChatController {

	private static final int MAX_LENGTH = 2000;

	private final Chat chat;

	ChatController(Chat chat) {
		this.chat = chat;
	}

	@PostMapping("/api/chat")
	@ResponseStatus(HttpStatus.ACCEPTED)
	ChatLine say(@RequestBody Say say) {
		if (say.text() == null || say.text().isBlank() || say.text().length() > MAX_LENGTH) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'text' must have 1 to " + MAX_LENGTH + " characters");
		}
		return this.chat.say(say.text());
	}

	record Say(String text) {

	}

}
