package io.sabot.catalog;

import io.sabot.catalog.type.Identifiers;
import io.sabot.catalog.type.Schema;
import java.util.stream.Collectors;

/**
 * A named query.
 *
 * @param schema columns, with the names given in the view's own column list where there is one
 * @param querySql text of the query, with every name written in full
 */
public record View(ObjectName name, Schema schema, String querySql, String comment, boolean temporary)
        implements CatalogObject {
    @Override
    public String createSql() {
        return "CREATE " + (temporary ? "TEMPORARY " : "") + "VIEW " + name.sql()
                + schema.fields().stream()
                        .map(field -> Identifiers.quote(field.name()))
                        .collect(Collectors.joining(", ", " (", ")"))
                + (comment.isEmpty() ? "" : "\nCOMMENT " + Identifiers.literal(comment))
                + "\nAS\n" + querySql;
    }
}
