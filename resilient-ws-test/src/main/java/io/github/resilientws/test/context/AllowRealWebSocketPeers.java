package io.github.resilientws.test.context;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the clients of a Spring test connect to hosts other than loopback. While this test
 * kit is on the class path, that is forbidden by default.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AllowRealWebSocketPeers {

	/**
	 * Return the names of the hosts, as in the URL; empty for all hosts.
	 * @return the hosts
	 */
	String[] value() default {};

}
