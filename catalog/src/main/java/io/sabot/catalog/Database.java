package io.sabot.catalog;

import io.sabot.catalog.type.Identifiers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is known of a database; its objects are found by name. Immutable.
 *
 * @param comment empty when there is none
 * @param options kept for those who read them, in the order written; none has a meaning here
 */
public record Database(String catalog, String name, String comment, Map<String, String> options) {
    public Database {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Without comment and options. */
    public static Database of(String catalog, String name) {
        return new Database(catalog, name, "", Map.of());
    }

    /** With these options beside its own, or in their place. */
    public Database with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(more);
        return new Database(catalog, name, comment, all);
    }

    /** Catalog and name, quoted. */
    public String sql() {
        return Identifiers.quote(catalog) + "." + Identifiers.quote(name);
    }

    /** The normalised {@code CREATE} statement that makes this database again, without a semicolon. */
    public String createSql() {
        return "CREATE DATABASE " + sql()
                + (comment.isEmpty() ? "" : "\nCOMMENT " + Identifiers.literal(comment))
                + (options.isEmpty() ? "" : "\nWITH " + optionsSql());
    }

    /** The statement that gives its options to a database that is always there. */
    String alterSql() {
        return "ALTER DATABASE " + sql() + " SET " + optionsSql();
    }

    private String optionsSql() {
        return options.entrySet().stream()
                .map(option -> Identifiers.literal(option.getKey()) + " = " + Identifiers.literal(option.getValue()))
                .collect(Collectors.joining(",\n  ", "(\n  ", "\n)"));
    }
}
