package io.sabot.catalog;

import io.sabot.catalog.type.Identifiers;

/** The full name of a catalog object. Case-sensitive. */
public record ObjectName(String catalog, String database, String name) implements Comparable<ObjectName> {
    /** The three parts between backticks. */
    public String sql() {
        return Identifiers.quote(catalog) + "." + Identifiers.quote(database) + "." + Identifiers.quote(name);
    }

    @Override
    public int compareTo(ObjectName other) {
        int byCatalog = catalog.compareTo(other.catalog);
        int byDatabase = byCatalog != 0 ? byCatalog : database.compareTo(other.database);
        return byDatabase != 0 ? byDatabase : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return catalog + "." + database + "." + name;
    }
}
