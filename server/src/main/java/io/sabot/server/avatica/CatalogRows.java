package io.sabot.server.avatica;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Column;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.Table;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What JDBC's metadata calls tell of the catalogs. Streams count as tables, since tools show nothing else. */
final class CatalogRows {
    private static final String TABLE = "TABLE";
    private static final String VIEW = "VIEW";
    private static final String MATERIALIZED_VIEW = "MATERIALIZED VIEW";

    private final CatalogReader catalog;

    CatalogRows(CatalogReader catalog) {
        this.catalog = catalog;
    }

    MetadataRows catalogs() {
        MetadataRows rows = new MetadataRows("TABLE_CAT");
        catalog.catalogs().forEach(rows::add);
        return rows;
    }

    MetadataRows schemas(@Nullable String inCatalog, @Nullable String pattern) {
        MetadataRows rows = new MetadataRows("TABLE_SCHEM", "TABLE_CATALOG");
        eachDatabase(inCatalog, pattern, (name, database) -> rows.add(database, name));
        return rows;
    }

    MetadataRows tableTypes() {
        return new MetadataRows("TABLE_TYPE")
                .add(MATERIALIZED_VIEW)
                .add("SYSTEM TABLE")
                .add(TABLE)
                .add(VIEW);
    }

    MetadataRows tables(
            @Nullable String inCatalog,
            @Nullable String schemaPattern,
            @Nullable String pattern,
            @Nullable List<String> types) {
        MetadataRows rows = new MetadataRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS",
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "SELF_REFERENCING_COL_NAME",
                "REF_GENERATION");
        for (CatalogObject object : objects(inCatalog, schemaPattern, LikePattern.of(pattern))) {
            String type =
                    object instanceof MaterializedView ? MATERIALIZED_VIEW : object instanceof Table ? TABLE : VIEW;
            if (types == null || types.isEmpty() || types.contains(type)) {
                rows.add(
                        object.name().catalog(),
                        object.name().database(),
                        object.name().name(),
                        type,
                        object.comment(),
                        null,
                        null,
                        null,
                        null,
                        null);
            }
        }
        return rows;
    }

    MetadataRows columns(
            @Nullable String inCatalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String pattern) {
        MetadataRows rows = new MetadataRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "DATA_TYPE:int",
                "TYPE_NAME",
                "COLUMN_SIZE:int",
                "BUFFER_LENGTH:int",
                "DECIMAL_DIGITS:int",
                "NUM_PREC_RADIX:int",
                "NULLABLE:int",
                "REMARKS",
                "COLUMN_DEF",
                "SQL_DATA_TYPE:int",
                "SQL_DATETIME_SUB:int",
                "CHAR_OCTET_LENGTH:int",
                "ORDINAL_POSITION:int",
                "IS_NULLABLE",
                "SCOPE_CATALOG",
                "SCOPE_SCHEMA",
                "SCOPE_TABLE",
                "SOURCE_DATA_TYPE:short",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN");
        Predicate<String> wanted = LikePattern.of(pattern);
        for (CatalogObject object : objects(inCatalog, schemaPattern, LikePattern.of(tablePattern))) {
            List<Field> fields = object.schema().fields();
            for (int i = 0; i < fields.size(); i++) {
                if (wanted.test(fields.get(i).name())) {
                    Column column =
                            object instanceof Table table ? table.columns().get(i) : null;
                    addColumn(rows, object, fields.get(i), i + 1, column);
                }
            }
        }
        return rows;
    }

    /** The numbers that JDBC tells of a column's type; each null where it makes no sense. */
    private record Measures(
            @Nullable Integer size,
            @Nullable Integer digits,
            @Nullable Integer radix,
            @Nullable Integer octets) {
        static Measures of(DataType type) {
            if (!(type instanceof AtomicType atomic)) {
                return new Measures(null, null, null, null);
            }
            int precision = WireTypes.precision(atomic);
            if (atomic.kind().isTimestamp()) {
                return new Measures(WireTypes.displaySize(atomic), precision, null, null);
            }
            if (atomic.kind().isNumeric()) {
                return new Measures(precision, atomic.scale(), 10, null);
            }
            boolean text = atomic.kind().isText() || atomic.kind().isBinary();
            return new Measures(precision, null, null, text ? precision : null);
        }
    }

    private static void addColumn(
            MetadataRows rows, CatalogObject object, Field field, int position, @Nullable Column column) {
        DataType type = field.type();
        Measures measures = Measures.of(type);
        rows.add(
                object.name().catalog(),
                object.name().database(),
                object.name().name(),
                field.name(),
                WireTypes.jdbcId(type),
                type.name(),
                measures.size(),
                null,
                measures.digits(),
                measures.radix(),
                type.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                column == null ? "" : column.comment(),
                column instanceof Column.Computed computed ? computed.expressionSql() : null,
                null,
                null,
                measures.octets(),
                position,
                type.nullable() ? "YES" : "NO",
                null,
                null,
                null,
                null,
                "NO",
                column instanceof Column.Computed ? "YES" : "NO");
    }

    MetadataRows primaryKeys(@Nullable String inCatalog, @Nullable String schema, @Nullable String tableName) {
        MetadataRows rows =
                new MetadataRows("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ:short", "PK_NAME");
        for (CatalogObject object : objects(inCatalog, null, name -> tableName == null || name.equals(tableName))) {
            if (object instanceof Table table
                    && (schema == null || schema.equals(object.name().database()))) {
                table.primaryKey().stream()
                        .sorted()
                        .forEach(key -> rows.add(
                                object.name().catalog(),
                                object.name().database(),
                                object.name().name(),
                                key,
                                (short) (table.primaryKey().indexOf(key) + 1),
                                null));
            }
        }
        return rows;
    }

    /** Functions that a query may name, all known in every database. */
    static MetadataRows functions(List<String> names, @Nullable String pattern) {
        MetadataRows rows = new MetadataRows(
                "FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS", "FUNCTION_TYPE:short", "SPECIFIC_NAME");
        names.stream()
                .filter(LikePattern.of(pattern))
                .sorted()
                .forEach(name -> rows.add(null, null, name, "", (short) DatabaseMetaData.functionResultUnknown, name));
        return rows;
    }

    private List<CatalogObject> objects(
            @Nullable String inCatalog, @Nullable String schemaPattern, Predicate<String> wanted) {
        List<CatalogObject> objects = new ArrayList<>();
        eachDatabase(
                inCatalog,
                schemaPattern,
                (name, database) -> catalog.objects(name, database).stream()
                        .filter(object -> wanted.test(object.name().name()))
                        .forEach(objects::add));
        return objects;
    }

    private void eachDatabase(
            @Nullable String inCatalog, @Nullable String schemaPattern, BiConsumer<String, String> action) {
        Predicate<String> wanted = LikePattern.of(schemaPattern);
        for (String name : catalog.catalogs()) {
            if (inCatalog == null || inCatalog.isEmpty() || inCatalog.equals(name)) {
                catalog.databases(name).stream().filter(wanted).forEach(database -> action.accept(name, database));
            }
        }
    }
}
