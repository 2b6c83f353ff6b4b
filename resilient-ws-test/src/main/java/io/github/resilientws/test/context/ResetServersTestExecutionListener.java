package io.github.resilientws.test.context;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Resets the servers of a context before each test method, so that no test sees the
 * scripts and messages of another.
 */
final class ResetServersTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext().getBeanProvider(PeerGuard.class).forEach(PeerGuard::resetServers);
		}
	}

}
