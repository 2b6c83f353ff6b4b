package io.github.resilientws.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A name service in an outage: look-ups hang until it has ended, and then find no
 * address.
 */
public final class HeldResolver implements NameResolver {

	/** Names that were asked for, in order. */
	public final List<String> asked = new CopyOnWriteArrayList<>();

	/** Ends the outage. */
	public final CountDownLatch release = new CountDownLatch(1);

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		this.asked.add(host);
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new UnknownHostException(host);
	}

}
