package io.github.resilientws.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Qualifies the {@code DataSource} that clients use, if the application has several.
 * Without it, clients use the primary one.
 *
 * <pre class="code">
 * &#64;Bean
 * &#64;ResilientWebSocketDataSource
 * DataSource orders() { ... }
 * </pre>
 *
 * @since 0.1
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface ResilientWebSocketDataSource {

}
