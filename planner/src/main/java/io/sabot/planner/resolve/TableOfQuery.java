package io.sabot.planner.resolve;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.ColumnDefinition;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.PhysicalColumn;
import io.sabot.parser.statement.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** The definition of the table that a CREATE TABLE … AS makes. */
public final class TableOfQuery {
    private TableOfQuery() {}

    /** The statement without its query: the columns that are written, then those of the query that are not. */
    public static CreateTable definition(CreateTable create, Schema rows) {
        List<ColumnDefinition> columns = new ArrayList<>(create.schema().columns());
        for (Field field : rows.fields()) {
            boolean written =
                    columns.stream().anyMatch(column -> column.name().value().equals(field.name()));
            if (!written) {
                columns.add(column(field, create));
            }
        }
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
