package io.github.resilientws.cluster.jdbc;

/**
 * An instance that takes part in the election, as it stands in the database.
 *
 * @param instance id of the instance
 * @param name name of the instance, for people
 * @param beat how often the instance has renewed its lease
 */
record InstanceRow(String instance, String name, long beat) {

}
