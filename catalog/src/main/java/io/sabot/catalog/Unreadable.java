package io.sabot.catalog;

import io.sabot.catalog.type.Schema;
import java.util.List;

/**
 * What a durable catalog has and could not make again when it was opened, for instance since the jar of a function is missing.
 * It keeps its name and its text, and tells why when it is used.
 *
 * @param kind what it is, in words
 * @param why what is missing
 */
public record Unreadable(ObjectName name, String kind, String createSql, String why) implements CatalogObject {
    /** {@link #kind} of a view that a job keeps up to date. */
    public static final String MATERIALIZED_VIEW = "materialized view";

    /** Whether it is a materialized view. */
    public boolean materialized() {
        return kind.equals(MATERIALIZED_VIEW);
    }

    @Override
    public Schema schema() {
        return new Schema(List.of());
    }

    @Override
    public String comment() {
        return "";
    }

    @Override
    public boolean temporary() {
        return false;
    }
}
