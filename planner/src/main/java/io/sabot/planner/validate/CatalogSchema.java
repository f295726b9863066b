package io.sabot.planner.validate;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** The catalogs as Calcite's tree of schemas. Everything is looked up by name when asked for, nothing is listed ahead. */
final class CatalogSchema extends AbstractSchema {
    private final Lookup<? extends Schema> schemas;
    private final Lookup<Table> tables;

    private CatalogSchema(Lookup<? extends Schema> schemas, Lookup<Table> tables) {
        this.schemas = schemas;
        this.tables = tables;
    }

    /**
     * Root: its sub-schemas are catalogs, whose sub-schemas are databases; its tables are those of one statement.
     *
     * @param relation makes the relation of a table
     */
    static Schema root(
            CatalogReader reader,
            Function<String, @Nullable Table> adHoc,
            Function<io.sabot.catalog.Table, TableRelation> relation) {
        return new CatalogSchema(
                new ByName<>(
                        name -> reader.catalogs().contains(name) ? catalog(reader, name, relation) : null,
                        reader::catalogs),
                new ByName<>(adHoc, List::of));
    }

    private static Schema catalog(
            CatalogReader reader, String catalog, Function<io.sabot.catalog.Table, TableRelation> relation) {
        return new CatalogSchema(
                new ByName<>(
                        name -> reader.hasDatabase(catalog, name) ? database(reader, catalog, name, relation) : null,
                        () -> reader.databases(catalog)),
                Lookup.empty());
    }

    private static Schema database(
            CatalogReader reader,
            String catalog,
            String database,
            Function<io.sabot.catalog.Table, TableRelation> relation) {
        return new CatalogSchema(
                Lookup.empty(),
                new ByName<>(
                        name -> reader.find(new ObjectName(catalog, database, name))
                                .map(object -> table(object, relation))
                                .orElse(null),
                        () -> reader.objects(catalog, database).stream()
                                .map(object -> object.name().name())
                                .toList()));
    }

    private static Table table(CatalogObject object, Function<io.sabot.catalog.Table, TableRelation> relation) {
        if (object instanceof Unreadable unreadable) {
            throw UnreadableObjects.error(unreadable);
        }
        if (object instanceof View view) {
            return new ViewRelation(view);
        }
        return relation.apply(object instanceof MaterializedView view ? view.rows() : (io.sabot.catalog.Table) object);
    }

    @Override
    public Lookup<Table> tables() {
        return tables;
    }

    @Override
    public Lookup<? extends Schema> subSchemas() {
        return schemas;
    }

    private record ByName<T>(Function<String, @Nullable T> find, Supplier<List<String>> names) implements Lookup<T> {
        @Override
        public @Nullable T get(String name) {
            return find.apply(name);
        }

        /** Names are case-sensitive. */
        @Override
        public @Nullable Named<T> getIgnoreCase(String name) {
            return null;
        }

        @Override
        public Set<String> getNames(LikePattern pattern) {
            return new HashSet<>(names.get().stream()
                    .filter(name -> pattern.matcher().apply(name))
                    .toList());
        }
    }
}
