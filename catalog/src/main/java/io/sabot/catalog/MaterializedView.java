package io.sabot.catalog;

import io.sabot.catalog.type.Identifiers;
import io.sabot.catalog.type.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A query whose result the engine keeps up to date.
 *
 * @param rows where the result is kept: a table of the same name, of kind {@link TableKind#MATERIALIZED_VIEW} or {@link
 *     TableKind#MATERIALIZED_LOG}, whose primary key identifies a row of the result (its columns may be NULL)
 * @param querySql text of the query, with every name written in full
 * @param options {@code WITH} options in the order written
 */
public record MaterializedView(Table rows, String querySql, Map<String, String> options) implements CatalogObject {
    public MaterializedView {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    @Override
    public ObjectName name() {
        return rows.name();
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public String comment() {
        return rows.comment();
    }

    @Override
    public boolean temporary() {
        return false;
    }

    @Override
    public String createSql() {
        return "CREATE MATERIALIZED VIEW " + name().sql()
                + schema().fields().stream()
                        .map(field -> Identifiers.quote(field.name()))
                        .collect(Collectors.joining(", ", " (", ")"))
                + (comment().isEmpty() ? "" : "\nCOMMENT " + Identifiers.literal(comment()))
                + (options.isEmpty() ? "" : "\n" + optionsSql())
                + "\nAS\n" + querySql;
    }

    private String optionsSql() {
        return options.entrySet().stream()
                .map(option -> Identifiers.literal(option.getKey()) + " = " + Identifiers.literal(option.getValue()))
                .collect(Collectors.joining(",\n  ", "WITH (\n  ", "\n)"));
    }
}
