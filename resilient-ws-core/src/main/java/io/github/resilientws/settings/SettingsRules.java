package io.github.resilientws.settings;

import java.util.regex.Pattern;

/**
 * Rules for the settings of a client. The syntax of matchers and templates is checked
 * when they are compiled.
 *
 * @since 0.1
 */
public final class SettingsRules {

	private static final int LARGEST_CAPACITY = 16_777_216;

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

	private SettingsRules() {
	}

	/**
	 * Check all settings of a client.
	 * @param settings the settings
	 * @param customized whether a customizer may supply the URL
	 * @return the same settings
	 * @throws InvalidSettingException for the first setting that breaks a rule
	 */
	public static ClientSettings check(ClientSettings settings, boolean customized) {
		checkName(settings.name());
		UrlRules.checkAll(settings.urls(), customized);
		HeaderRules.checkAll(settings.headers());
		HandshakeRules.checkSubprotocols(settings.subprotocols());
		HandshakeRules.checkOrigin(settings.origin());
		ValueRules.checkAll(settings.values().keySet());
		DurationRules.check("connect-timeout", settings.connectTimeout());
		DurationRules.check("close-timeout", settings.closeTimeout());
		DurationRules.check("shutdown-timeout", settings.shutdownTimeout());
		SizeRules.check(settings);
		ProxyRules.check(settings.proxy());
		HeartbeatRules.check(settings.heartbeat());
		HeartbeatRules.checkUnused(settings.heartbeat());
		ReconnectRules.check(settings.reconnect());
		SessionRules.check(settings.session(), settings.values().keySet());
		DeliveryRules.check(settings.delivery());
		RequestRules.check(settings.request());
		SubscriptionRules.check(settings.subscription(), settings.request());
		checkQueue(settings.queue());
		StoreRules.check(settings.queue().store(), settings.delivery());
		checkInbound(settings.inbound());
		FramingRules.check(settings.framing());
		ClusterRules.check(settings.cluster(), settings.queue().store());
		return settings;
	}

	/**
	 * Check the name of a client.
	 * @param name the name
	 * @throws InvalidSettingException if it is not allowed
	 */
	public static void checkName(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidSettingException("name", Text.printable(name),
					"a client name consists of a-z, 0-9 and '-' and starts with a letter");
		}
	}

	/**
	 * Check heartbeat settings that replace others at run time.
	 * @param settings the settings
	 * @return the same settings
	 * @throws InvalidSettingException for the first setting that breaks a rule
	 */
	public static HeartbeatSettings check(HeartbeatSettings settings) {
		HeartbeatRules.check(settings);
		return settings;
	}

	/**
	 * Check the settings that all clients of an application share.
	 * @param settings the settings
	 * @return the same settings
	 * @throws InvalidSettingException if a setting breaks a rule
	 */
	public static ListenerSettings check(ListenerSettings settings) {
		NumberRules.atLeast("listener.max-threads", settings.maxThreads(), 1);
		return settings;
	}

	private static void checkQueue(QueueSettings settings) {
		NumberRules.between("queue.capacity", settings.capacity(), 1, LARGEST_CAPACITY);
		NumberRules.atLeast("queue.max-bytes", settings.maxBytes(), 0);
		DurationRules.check("queue.block-timeout", settings.blockTimeout());
		DurationRules.checkOrZero("queue.ttl", settings.ttl());
	}

	private static void checkInbound(InboundSettings settings) {
		NumberRules.atLeast("inbound.buffer-messages", settings.bufferMessages(), 1);
		NumberRules.atLeast("inbound.buffer-bytes", settings.bufferBytes(), 1);
		InboundRequestRules.check(settings.request());
	}

}
