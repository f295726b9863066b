package io.sabot.parser.statement;

import org.apache.calcite.sql.SqlNode;

/**
 * SELECT, VALUES, WITH and set operations; also the query inside INSERT, CREATE VIEW and the like.
 *
 * @param query not validated; may hold hints, legacy window calls, SESSION with PARTITION BY
 */
public record Query(Source source, SqlNode query, EmitMode emitMode) implements Statement {}
