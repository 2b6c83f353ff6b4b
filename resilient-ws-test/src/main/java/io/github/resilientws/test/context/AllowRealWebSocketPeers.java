package io.github.resilientws.test.context;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the clients of a Spring test connect to hosts that are not loopback, which is
 * otherwise forbidden while this test kit is on the class path.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AllowRealWebSocketPeers {

	/**
	 * Names of the hosts, as they stand in the URL; empty for all hosts.
	 * @return the hosts
	 */
	String[] value() default {};

}
