package io.github.resilientws.sample.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the database that several instances share.
 *
 * @param port loopback port of the database
 * @param directory directory of the files of a database that the profile {@code server}
 * starts
 */
@ConfigurationProperties("sample.database")
record DemoDatabaseProperties(int port, Path directory) {

}
