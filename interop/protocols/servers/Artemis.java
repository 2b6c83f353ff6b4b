import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * Artemis that keeps nothing and lets every client in, but not to destinations below
 * "closed". It speaks STOMP in binary messages.
 */
class Artemis {

	public static void main(String[] arguments) throws Exception {
		ConfigurationImpl configuration = new ConfigurationImpl();
		configuration.setPersistenceEnabled(false).setSecurityEnabled(false);
		configuration.addAcceptorConfiguration("ws", "tcp://127.0.0.1:" + arguments[0] + "?protocols=STOMP");
		configuration.addAddressSetting("#",
				new AddressSettings().setAutoCreateQueues(true).setAutoCreateAddresses(true));
		configuration.addAddressSetting("closed.#",
				new AddressSettings().setAutoCreateQueues(false).setAutoCreateAddresses(false));
		new EmbeddedActiveMQ().setConfiguration(configuration).start();
	}

}
