package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.AlterTable;
import io.sabot.parser.statement.ColumnDefinition;
import io.sabot.parser.statement.ComputedColumn;
import io.sabot.parser.statement.MetadataColumn;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.NamedColumn;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.PhysicalColumn;
import io.sabot.parser.statement.PrimaryKeyDefinition;
import io.sabot.parser.statement.TableSchema;
import io.sabot.parser.statement.WatermarkDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The round brackets of CREATE TABLE: columns, primary key, watermark. One instance per statement. */
final class SchemaParser {
    private final Cursor cursor;
    private final OptionParser options;
    private final List<ColumnDefinition> columns = new ArrayList<>();
    private final Set<String> columnNames = new HashSet<>();
    private @Nullable PrimaryKeyDefinition primaryKey;
    private @Nullable WatermarkDefinition watermark;

    SchemaParser(Cursor cursor) {
        this.cursor = cursor;
        this.options = new OptionParser(cursor);
    }

    TableSchema schema() {
        if (atNames()) {
            cursor.nameList().forEach(this::named);
            return new TableSchema(columns, null, null);
        }
        cursor.expect("(");
        do {
            item();
        } while (cursor.accept(","));
        cursor.closeList();
        return new TableSchema(columns, primaryKey, watermark);
    }

    /** Whether the brackets hold names alone. */
    private boolean atNames() {
        int i = 3;
        while (",".equals(cursor.peek(i).image)) {
            i += 2;
        }
        return ")".equals(cursor.peek(i).image);
    }

    private void named(Name name) {
        refuseTwice(name);
        columns.add(new NamedColumn(name));
    }

    private void refuseTwice(Name name) {
        if (!columnNames.add(name.value())) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, "column '" + name.value() + "' is defined twice")
                    .at(name.span());
        }
    }

    /** One of the items of {@link #schema}, or several in brackets; columns may say where they go. */
    AlterTable.Changes changes() {
        List<AlterTable.PlacedColumn> placed = new ArrayList<>();
        boolean several = cursor.accept("(");
        do {
            int before = columns.size();
            item();
            if (columns.size() > before) {
                boolean first = cursor.accept("FIRST");
                Name after = !first && cursor.accept("AFTER") ? cursor.name() : null;
                placed.add(new AlterTable.PlacedColumn(columns.get(before), first, after));
            }
        } while (several && cursor.accept(","));
        if (several) {
            cursor.closeList();
        }
        return new AlterTable.Changes(placed, primaryKey, watermark);
    }

    private void item() {
        Token first = cursor.peek(1);
        if (cursor.accept("WATERMARK", "FOR")) {
            ObjectName column = cursor.objectName();
            cursor.expect("AS");
            SqlNode expression = cursor.expression();
            refuseSecond(watermark != null, "WATERMARK", first);
            watermark = new WatermarkDefinition(column, expression, cursor.spanFrom(first));
        } else if (cursor.at("PRIMARY", "KEY") || cursor.at("CONSTRAINT")) {
            String constraintName = cursor.accept("CONSTRAINT") ? cursor.name().value() : "";
            if (!cursor.accept("PRIMARY", "KEY")) {
                throw cursor.unexpected("PRIMARY KEY");
            }
            List<Name> names = cursor.nameList();
            key(first, constraintName, names);
        } else if (cursor.at("UNIQUE")) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "UNIQUE constraints are not supported")
                    .at(cursor.spanOf(first))
                    .hint("use PRIMARY KEY (…) NOT ENFORCED");
        } else {
            column(first);
        }
    }

    private void column(Token first) {
        Name name = cursor.name();
        refuseTwice(name);
        if (cursor.accept("AS")) {
            SqlNode expression = cursor.expression();
            columns.add(new ComputedColumn(name, expression, options.comment(), cursor.spanFrom(first)));
            return;
        }
        SqlDataTypeSpec type = cursor.dataType();
        if (cursor.accept("METADATA")) {
            Name key = cursor.accept("FROM") ? cursor.string() : name;
            boolean virtual = cursor.accept("VIRTUAL");
            columns.add(new MetadataColumn(name, type, key, virtual, options.comment(), cursor.spanFrom(first)));
            return;
        }
        Token constraint = cursor.peek(1);
        if (cursor.accept("PRIMARY", "KEY")) {
            key(constraint, "", List.of(name));
        }
        columns.add(new PhysicalColumn(name, type, options.comment(), cursor.spanFrom(first)));
    }

    private void key(Token first, String constraintName, List<Name> names) {
        boolean notEnforced = cursor.accept("NOT", "ENFORCED");
        refuseSecond(primaryKey != null, "PRIMARY KEY", first);
        primaryKey = new PrimaryKeyDefinition(constraintName, names, notEnforced, cursor.spanFrom(first));
    }

    private void refuseSecond(boolean present, String what, Token first) {
        if (present) {
            SqlSpan span = cursor.spanFrom(first);
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, "a table has one " + what + ", not two")
                    .at(span);
        }
    }
}
