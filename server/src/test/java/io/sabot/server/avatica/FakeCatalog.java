package io.sabot.server.avatica;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.View;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table {@code orders} with a key, a stream {@code clicks} and a view {@code recent}. */
final class FakeCatalog implements CatalogReader {
    String currentCatalog = "default_catalog";
    String currentDatabase = "default_database";

    private final List<CatalogObject> objects = List.of(
            table(
                    "clicks",
                    TableKind.STREAM,
                    List.of(
                            new Column.Physical("url", AtomicType.STRING, ""),
                            new Column.Physical("ts", AtomicType.timestamp(3), "when")),
                    List.of()),
            table(
                    "orders",
                    TableKind.TABLE,
                    List.of(
                            new Column.Physical("region", AtomicType.STRING.withNullable(false), ""),
                            new Column.Physical("id", AtomicType.BIGINT.withNullable(false), "number"),
                            new Column.Physical("price", AtomicType.decimal(10, 2), ""),
                            new Column.Computed("double_price", AtomicType.decimal(11, 2), "price * 2", "")),
                    List.of("region", "id")),
            new View(name("recent"), Schema.of(new Field("n", AtomicType.INT)), "SELECT 1", "a view", false));

    private static ObjectName name(String name) {
        return new ObjectName("default_catalog", "default_database", name);
    }

    private static Table table(String name, TableKind kind, List<Column> columns, List<String> key) {
        return new Table(name(name), kind, columns, key, Optional.empty(), List.of(), Map.of(), "the " + name, false);
    }

    @Override
    public String currentCatalog() {
        return currentCatalog;
    }

    @Override
    public String currentDatabase() {
        return currentDatabase;
    }

    @Override
    public List<String> catalogs() {
        return List.of("default_catalog", "other");
    }

    @Override
    public List<String> databases(String catalog) {
        return catalog.equals("default_catalog") ? List.of("default_database", "sales") : List.of();
    }

    @Override
    public List<CatalogObject> objects(String catalog, String database) {
        return objects.stream()
                .filter(object -> object.name().catalog().equals(catalog)
                        && object.name().database().equals(database))
                .toList();
    }

    @Override
    public Optional<CatalogObject> find(ObjectName name) {
        return objects.stream().filter(object -> object.name().equals(name)).findFirst();
    }
}
