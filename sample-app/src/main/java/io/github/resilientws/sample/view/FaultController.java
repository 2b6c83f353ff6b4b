package io.github.resilientws.sample.view;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.resilientws.sample.server.DemoServer;
import io.github.resilientws.sample.server.DemoServerStatus;
import io.github.resilientws.sample.server.Fault;

/**
 * Switches faults of the demo server on.
 */
@RestController
class FaultController {

	private final DemoServer server;

	FaultController(DemoServer server) {
		this.server = server;
	}

	@PostMapping("/api/faults/{name}")
	DemoServerStatus breakServer(@PathVariable String name) {
		Fault fault = Fault.of(name)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such fault"));
		this.server.breakWith(fault);
		return this.server.status();
	}

}
