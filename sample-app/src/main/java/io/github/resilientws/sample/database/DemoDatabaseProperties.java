package io.github.resilientws.sample.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the database that several instances share.
 *
 * @param port loopback port of the database
 * @param directory directory of the files of a database that the profile {@code server}
 * starts
 */
@ConfigurationProperties("sample.database")
record DemoDatabaseProperties(@DefaultValue("9432") int port,
		@DefaultValue("${java.io.tmpdir}/resilient-ws-sample") Path directory) {

}
