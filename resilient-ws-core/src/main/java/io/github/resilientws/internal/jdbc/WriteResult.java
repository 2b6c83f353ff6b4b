package io.github.resilientws.internal.jdbc;

import java.util.Map;

/**
 * The result of a committed write.
 *
 * @param positions the positions of the inserted rows by message id; a message whose id
 * was already in the table is missing
 * @param transactionId the id of the transaction of the write; 0 if the database does not
 * say
 */
public record WriteResult(Map<String, Long> positions, long transactionId) {

}
