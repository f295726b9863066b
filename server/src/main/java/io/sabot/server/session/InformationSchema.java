package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Column;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.View;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Identifiers;
import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The views of INFORMATION_SCHEMA, as far as the SQL standard's have a meaning here. Each catalog has the database; its
 * views tell of that catalog. They are made when they are looked up: their text holds the rows.
 */
final class InformationSchema {
    /** Name of the database. */
    static final String NAME = "INFORMATION_SCHEMA";

    /** Names of the views, sorted. */
    static final List<String> VIEWS =
            List.of("CATALOGS", "COLUMNS", "KEY_COLUMN_USAGE", "SCHEMATA", "TABLES", "TABLE_CONSTRAINTS", "VIEWS");

    private final CatalogReader reader;
    private final String catalog;

    InformationSchema(CatalogReader reader, String catalog) {
        this.reader = reader;
        this.catalog = catalog;
    }

    static boolean isDatabase(String name) {
        return name.equalsIgnoreCase(NAME);
    }

    /** Columns (names in front of a colon are BIGINT behind {@code :n}) and rows. */
    private static final class Rows {
        final List<Field> columns = new ArrayList<>();
        final List<String> rows = new ArrayList<>();

        Rows(String... names) {
            for (String name : names) {
                boolean number = name.endsWith(":n");
                columns.add(new Field(
                        number ? name.substring(0, name.length() - 2) : name,
                        number ? AtomicType.BIGINT : AtomicType.STRING));
            }
        }

        void add(@Nullable Object... values) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                String text = value == null
                        ? "NULL"
                        : value instanceof Number ? value.toString() : Identifiers.literal(value.toString());
                texts.add("CAST(" + text + " AS " + columns.get(i).type().name() + ")");
            }
            rows.add("(" + String.join(", ", texts) + ")");
        }

        String sql() {
            String names = columns.stream()
                    .map(column -> Identifiers.quote(column.name()))
                    .collect(Collectors.joining(", "));
            if (rows.isEmpty()) {
                return "SELECT * FROM (VALUES ("
                        + columns.stream()
                                .map(column -> "CAST(NULL AS " + column.type().name() + ")")
                                .collect(Collectors.joining(", "))
                        + ")) AS t (" + names + ") WHERE FALSE";
            }
            return "SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS t (" + names + ")";
        }
    }

    /** A view by its name, in capitals or not. */
    Optional<CatalogObject> find(String name) {
        Optional<Rows> rows = switch (name.toUpperCase(Locale.ROOT)) {
            case "CATALOGS" -> Optional.of(catalogs());
            case "SCHEMATA" -> Optional.of(schemata());
            case "TABLES" -> Optional.of(tables());
            case "COLUMNS" -> Optional.of(columns());
            case "VIEWS" -> Optional.of(views());
            case "TABLE_CONSTRAINTS" -> Optional.of(constraints());
            case "KEY_COLUMN_USAGE" -> Optional.of(keys());
            default -> Optional.empty();
        };
        return rows.map(found ->
                new View(new ObjectName(catalog, NAME, name), new Schema(found.columns), found.sql(), "", true));
    }

    private Rows catalogs() {
        Rows rows = new Rows("CATALOG_NAME");
        reader.catalogs().forEach(rows::add);
        return rows;
    }

    private Rows schemata() {
        Rows rows = new Rows("CATALOG_NAME", "SCHEMA_NAME", "SCHEMA_OWNER");
        databases().forEach(database -> rows.add(catalog, database, null));
        rows.add(catalog, NAME, null);
        return rows;
    }

    private List<String> databases() {
        return reader.databases(catalog);
    }

    private List<CatalogObject> objects() {
        return databases().stream()
                .flatMap(database -> reader.objects(catalog, database).stream())
                .toList();
    }

    private Rows tables() {
        Rows rows =
                new Rows("TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "TABLE_TYPE", "IS_INSERTABLE_INTO", "REMARKS");
        for (CatalogObject object : objects()) {
            ObjectName name = object.name();
            rows.add(
                    name.catalog(),
                    name.database(),
                    name.name(),
                    type(object),
                    object instanceof Table ? "YES" : "NO",
                    object.comment().isEmpty() ? null : object.comment());
        }
        VIEWS.forEach(view -> rows.add(catalog, NAME, view, "SYSTEM VIEW", "NO", null));
        return rows;
    }

    private static String type(CatalogObject object) {
        if (object instanceof Table table) {
            return table.temporary() ? "LOCAL TEMPORARY" : table.kind() == TableKind.STREAM ? "STREAM" : "BASE TABLE";
        }
        if (object instanceof Unreadable unreadable) {
            return switch (unreadable.kind()) {
                case Unreadable.MATERIALIZED_VIEW -> "MATERIALIZED VIEW";
                case "table" -> "BASE TABLE";
                case "stream" -> "STREAM";
                default -> "VIEW";
            };
        }
        return object instanceof MaterializedView ? "MATERIALIZED VIEW" : "VIEW";
    }

    private Rows columns() {
        Rows rows = new Rows(
                "TABLE_CATALOG",
                "TABLE_SCHEMA",
                "TABLE_NAME",
                "COLUMN_NAME",
                "ORDINAL_POSITION:n",
                "IS_NULLABLE",
                "DATA_TYPE",
                "NUMERIC_PRECISION:n",
                "NUMERIC_SCALE:n",
                "IS_GENERATED",
                "GENERATION_EXPRESSION",
                "REMARKS");
        for (CatalogObject object : objects()) {
            for (int i = 0; i < object.schema().size(); i++) {
                Field field = object.schema().fields().get(i);
                Column column = object instanceof Table table ? table.columns().get(i) : null;
                boolean computed = column instanceof Column.Computed;
                rows.add(
                        object.name().catalog(),
                        object.name().database(),
                        object.name().name(),
                        field.name(),
                        i + 1,
                        field.type().nullable() ? "YES" : "NO",
                        field.type().name(),
                        precision(field.type()),
                        scale(field.type()),
                        computed ? "ALWAYS" : "NEVER",
                        column instanceof Column.Computed made ? made.expressionSql() : null,
                        column == null || column.comment().isEmpty() ? null : column.comment());
            }
        }
        return rows;
    }

    private static @Nullable Integer precision(DataType type) {
        if (!(type instanceof AtomicType atomic)) {
            return null;
        }
        return switch (atomic.kind()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INT -> 10;
            case BIGINT -> 19;
            case DECIMAL -> atomic.precision();
            default -> null;
        };
    }

    private static @Nullable Integer scale(DataType type) {
        if (!(type instanceof AtomicType atomic)) {
            return null;
        }
        return switch (atomic.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT -> 0;
            case DECIMAL -> atomic.scale();
            default -> null;
        };
    }

    private Rows views() {
        Rows rows = new Rows("TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "VIEW_DEFINITION", "IS_UPDATABLE");
        for (CatalogObject object : objects()) {
            String sql = object instanceof View view
                    ? view.querySql()
                    : object instanceof MaterializedView view ? view.querySql() : null;
            if (sql != null) {
                rows.add(
                        object.name().catalog(),
                        object.name().database(),
                        object.name().name(),
                        sql,
                        "NO");
            }
        }
        return rows;
    }

    private static Optional<Table> keyed(CatalogObject object) {
        return Optional.of(object)
                .filter(Table.class::isInstance)
                .map(Table.class::cast)
                .filter(table -> !table.primaryKey().isEmpty());
    }

    private static String constraint(Table table) {
        return "PK_" + String.join("_", table.primaryKey());
    }

    private Rows constraints() {
        Rows rows = new Rows(
                "CONSTRAINT_CATALOG",
                "CONSTRAINT_SCHEMA",
                "CONSTRAINT_NAME",
                "TABLE_CATALOG",
                "TABLE_SCHEMA",
                "TABLE_NAME",
                "CONSTRAINT_TYPE",
                "ENFORCED");
        for (CatalogObject object : objects()) {
            keyed(object)
                    .ifPresent(table -> rows.add(
                            catalog,
                            table.name().database(),
                            constraint(table),
                            catalog,
                            table.name().database(),
                            table.name().name(),
                            "PRIMARY KEY",
                            table.connector().isEmpty() ? "YES" : "NO"));
        }
        return rows;
    }

    private Rows keys() {
        Rows rows = new Rows(
                "CONSTRAINT_CATALOG",
                "CONSTRAINT_SCHEMA",
                "CONSTRAINT_NAME",
                "TABLE_CATALOG",
                "TABLE_SCHEMA",
                "TABLE_NAME",
                "COLUMN_NAME",
                "ORDINAL_POSITION:n");
        for (CatalogObject object : objects()) {
            keyed(object).ifPresent(table -> {
                for (int i = 0; i < table.primaryKey().size(); i++) {
                    rows.add(
                            catalog,
                            table.name().database(),
                            constraint(table),
                            catalog,
                            table.name().database(),
                            table.name().name(),
                            table.primaryKey().get(i),
                            i + 1);
                }
            });
        }
        return rows;
    }
}
