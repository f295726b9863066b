package io.sabot.parser.statement;

/**
 * {@code DROP TABLE | STREAM | VIEW | MATERIALIZED VIEW | DATABASE | CATALOG}.
 *
 * @param cascade whether CASCADE is written; RESTRICT is the default
 */
public record DropObject(
        Source source, ObjectKind kind, boolean temporary, boolean ifExists, ObjectName name, boolean cascade)
        implements Statement {}
