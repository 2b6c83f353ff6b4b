package io.github.resilientws.test.context;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Holds several {@link EmbeddedWebSocketServer} annotations.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EmbeddedWebSocketServers {

	/**
	 * Return the annotations.
	 * @return the annotations
	 */
	EmbeddedWebSocketServer[] value();

}
