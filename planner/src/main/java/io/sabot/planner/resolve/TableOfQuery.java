package io.sabot.planner.resolve;

import io.sabot.catalog.Guess;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.ColumnDefinition;
import io.sabot.parser.statement.ComputedColumn;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.MetadataColumn;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.NamedColumn;
import io.sabot.parser.statement.PhysicalColumn;
import io.sabot.parser.statement.PrimaryKeyDefinition;
import io.sabot.parser.statement.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The definition of the table that a CREATE TABLE … AS makes. */
public final class TableOfQuery {
    private TableOfQuery() {}

    /**
     * The statement without its query. Columns that the query has not come first, then those of the query, with the types that
     * are written for them; where names alone are written these say the order.
     */
    public static CreateTable definition(CreateTable create, Schema rows) {
        boolean byName = create.schema().columns().stream().anyMatch(NamedColumn.class::isInstance);
        List<ColumnDefinition> columns = byName ? inOrderWritten(create, rows) : besideQuery(create, rows);
        refuseNullableKey(create, rows);
        return new CreateTable(
                create.source(),
                create.kind(),
                create.orReplace(),
                create.temporary(),
                create.ifNotExists(),
                create.name(),
                new TableSchema(
                        columns, create.schema().primaryKey(), create.schema().watermark()),
                create.comment(),
                create.partitionedBy(),
                create.options(),
                create.like(),
                null);
    }

    private static List<ColumnDefinition> inOrderWritten(CreateTable create, Schema rows) {
        List<String> written = create.schema().columns().stream()
                .map(column -> column.name().value())
                .toList();
        List<String> ofQuery = rows.fields().stream().map(Field::name).toList();
        List<ColumnDefinition> columns = new ArrayList<>();
        for (ColumnDefinition column : create.schema().columns()) {
            Field field = find(rows, column.name().value())
                    .orElseThrow(() -> SabotException.of(
                                    ErrorCode.UNDEFINED_COLUMN,
                                    "the query has no column '" + column.name().value() + "'")
                            .at(column.span())
                            .why("it has " + String.join(", ", ofQuery))
                            .hint(Guess.closest(column.name().value(), ofQuery)
                                    .map(guess -> "did you mean '" + guess + "'?")
                                    .orElse("")));
            columns.add(column(field, create));
        }
        ofQuery.stream().filter(name -> !written.contains(name)).findFirst().ifPresent(missing -> {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION, "column '" + missing + "' of the query is not in the list")
                    .at(create.name().span())
                    .why("the list says the order of all columns of the query")
                    .hint("add it, or leave it out of the query");
        });
        return columns;
    }

    private static List<ColumnDefinition> besideQuery(CreateTable create, Schema rows) {
        List<ColumnDefinition> columns = new ArrayList<>();
        Map<String, ColumnDefinition> replaced = new HashMap<>();
        for (ColumnDefinition column : create.schema().columns()) {
            if (find(rows, column.name().value()).isEmpty()) {
                columns.add(column);
            } else if (column instanceof ComputedColumn
                    || column instanceof MetadataColumn metadata && metadata.virtual()) {
                throw SabotException.of(
                                ErrorCode.INVALID_DEFINITION,
                                "the query has a column '" + column.name().value() + "' too")
                        .at(column.span())
                        .why("a column that is never written cannot take the place of one of the query")
                        .hint("give one of them another name");
            } else {
                replaced.put(column.name().value(), column);
            }
        }
        for (Field field : rows.fields()) {
            ColumnDefinition written = replaced.get(field.name());
            if (written instanceof PhysicalColumn physical) {
                refuseNullable(physical, field);
            }
            columns.add(written == null ? column(field, create) : written);
        }
        return columns;
    }

    private static void refuseNullable(PhysicalColumn written, Field field) {
        if (Boolean.FALSE.equals(written.type().getNullable()) && field.type().nullable()) {
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "column '" + field.name() + "' is NOT NULL, and may be NULL in the query")
                    .at(written.span())
                    .why("the query gives " + field.type().name())
                    .hint("leave NOT NULL out, or write COALESCE(" + field.name() + ", …) AS " + field.name()
                            + " in the query");
        }
    }

    /** A key whose type is not written has that of the query. */
    private static void refuseNullableKey(CreateTable create, Schema rows) {
        PrimaryKeyDefinition key = create.schema().primaryKey();
        if (key == null) {
            return;
        }
        for (Name name : key.columns()) {
            boolean written = create.schema().columns().stream()
                    .anyMatch(column -> column.name().value().equals(name.value()));
            boolean nullable = find(rows, name.value())
                    .filter(field -> field.type().nullable())
                    .isPresent();
            if (!written && nullable) {
                throw SabotException.of(
                                ErrorCode.INVALID_DEFINITION,
                                "column '" + name.value() + "' of the primary key may be NULL in the query")
                        .at(name.span())
                        .hint("COALESCE(" + name.value() + ", …) AS " + name.value() + " is never NULL");
            }
        }
    }

    private static Optional<Field> find(Schema rows, String name) {
        return rows.fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private static ColumnDefinition column(Field field, CreateTable create) {
        if (field.type() instanceof AtomicType atomic && atomic.kind() == TypeKind.NULL) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, "column '" + field.name() + "' has no type")
                    .at(create.span())
                    .hint("write CAST(NULL AS …)");
        }
        return new PhysicalColumn(
                new Name(field.name(), create.name().span()),
                SqlParser.parseDataType(field.type().sql()),
                "",
                create.name().span());
    }
}
