package io.github.resilientws.sample.view;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.server.ResponseStatusException;

import io.github.resilientws.sample.instances.Instance;
import io.github.resilientws.sample.instances.Instances;

/**
 * Ends the process of the instance that owns the work orders, as a crash would.
 */
@RestController
@Profile("postgres")
class InstanceController {

	private static final int KILLED = 137;

	private final Instances instances;

	private final RestClient http = RestClient.create();

	InstanceController(Instances instances) {
		this.instances = instances;
	}

	@PostMapping(path = "/api/instances/owner/kill", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	void killOwner() {
		Instance owner = this.instances.owner()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.CONFLICT, "no instance owns the work orders"));
		if (owner.port() == this.instances.port()) {
			kill();
		}
		else {
			this.http.post()
				.uri("http://127.0.0.1:{port}/api/instances/self/kill", owner.port())
				.contentType(MediaType.APPLICATION_JSON)
				.body("{}")
				.retrieve()
				.toBodilessEntity();
		}
	}

	// JSON only, which a page of another site cannot post
	@PostMapping(path = "/api/instances/self/kill", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	void kill() {
		// after the answer to this request
		CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(() -> Runtime.getRuntime().halt(KILLED));
	}

}
