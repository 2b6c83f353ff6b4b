package io.github.resilientws.protocol;

/**
 * A client to whose rules listeners add their own. For listeners that have matchers and
 * locators; the clients of this library implement it.
 *
 * @since 0.1
 */
public interface MessageRulesProvider {

	/**
	 * Return the rules of the client.
	 * @return the rules
	 */
	MessageRulesRegistry messageRules();

}
