package io.github.resilientws.sample.view;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Too many pages are open.
 */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
class TooManyPagesException extends RuntimeException {

	TooManyPagesException() {
		super("too many open pages");
	}

}
