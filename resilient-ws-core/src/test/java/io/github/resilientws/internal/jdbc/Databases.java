package io.github.resilientws.internal.jdbc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs a test with H2 and PostgreSQL, or with the MariaDB server that is given.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@MethodSource("io.github.resilientws.internal.jdbc.Database#selected")
public @interface Databases {

}
