package io.sabot.planner.plan;

import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.SqlSpan;

/**
 * What every node of a plan has.
 *
 * @param name stable name of the operator, unique in its plan, such as {@code window-aggregate-2}
 * @param schema columns of the rows that leave the node
 * @param stream what is known about those rows as a stream
 * @param span the SQL that the node comes from
 * @param kept for how long state stays that is bounded by nothing else
 */
public record NodeInfo(String name, Schema schema, StreamProperties stream, SqlSpan span, StateTtl kept) {
    /** A node whose state does not go by itself. */
    public NodeInfo(String name, Schema schema, StreamProperties stream, SqlSpan span) {
        this(name, schema, stream, span, StateTtl.FOREVER);
    }
}
