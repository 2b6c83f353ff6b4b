package io.github.resilientws.autoconfigure.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Names an instance of the application, for people.
 */
final class InstanceName {

	private InstanceName() {
	}

	/**
	 * Return the name of this instance.
	 * @param environment environment with the variable {@code HOSTNAME}
	 * @return the name of the pod in Kubernetes; elsewhere, where a host may run several
	 * instances, the name of the host and the process id: {@code host-1:12345}
	 */
	static String of(Environment environment) {
		String host = host(environment);
		return CloudPlatform.KUBERNETES.isActive(environment) ? host : host + ":" + ProcessHandle.current().pid();
	}

	private static String host(Environment environment) {
		String name = environment.getProperty("HOSTNAME");
		if (StringUtils.hasText(name)) {
			return name;
		}
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown host";
		}
	}

}
