package io.github.resilientws.transport.netty;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The order in which one client tries the addresses of a name: an address that accepted a
 * connection and then failed the attempt comes after the others. Confined to the client's
 * event loop.
 */
final class AddressOrder {

	// a customizer may set another name for each attempt
	private static final int MAX_NAMES = 16;

	// the addresses that failed, by name, oldest failure first; null for none
	private @Nullable Map<String, Set<InetAddress>> failed;

	/**
	 * Return addresses in the order in which they are to be tried.
	 * @param name the name
	 * @param addresses its addresses in the order of the resolver
	 * @return the same addresses
	 */
	List<InetAddress> sort(String name, List<InetAddress> addresses) {
		Set<InetAddress> last = (this.failed != null) ? this.failed.get(name) : null;
		if (last == null) {
			return addresses;
		}
		last.retainAll(addresses);
		List<InetAddress> result = new ArrayList<>(addresses);
		result.removeAll(last);
		result.addAll(last);
		return result;
	}

	/**
	 * An address accepted the connection of an attempt. It is moved to the end until the
	 * attempt succeeds.
	 * @param name the name
	 * @param address the address
	 */
	void accepted(String name, InetAddress address) {
		if (this.failed == null) {
			this.failed = new LinkedHashMap<>();
		}
		Set<InetAddress> last = this.failed.computeIfAbsent(name, (key) -> new LinkedHashSet<>());
		last.remove(address);
		last.add(address);
		if (this.failed.size() > MAX_NAMES) {
			this.failed.remove(this.failed.keySet().iterator().next());
		}
	}

	/**
	 * The attempt over an address succeeded.
	 * @param name the name
	 * @param address the address
	 */
	void opened(String name, InetAddress address) {
		Set<InetAddress> last = (this.failed != null) ? this.failed.get(name) : null;
		if (this.failed != null && last != null && last.remove(address) && last.isEmpty()) {
			this.failed.remove(name);
			this.failed = this.failed.isEmpty() ? null : this.failed;
		}
	}

}
