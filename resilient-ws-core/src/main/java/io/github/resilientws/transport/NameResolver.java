package io.github.resilientws.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of a host.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface NameResolver {

	/**
	 * Find the addresses of a host. May block; called on a thread of {@link NameLookups}.
	 * @param host host name or IP address
	 * @return its addresses, in the order in which to try them
	 * @throws UnknownHostException if the host has no address
	 */
	InetAddress[] resolve(String host) throws UnknownHostException;

}
