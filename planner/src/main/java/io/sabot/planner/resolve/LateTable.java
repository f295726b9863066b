package io.sabot.planner.resolve;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stream beside a table with {@code 'sabot.late-rows' = 'true'}: jobs write the rows of the table there that they drop
 * for being late. Its columns are those of the table, then who dropped the row and behind which watermark it came.
 */
public final class LateTable {
    /** The option of a table that asks for it. */
    public static final String OPTION = "sabot.late-rows";

    /** What its name ends in, behind that of the table. */
    public static final String SUFFIX = "$late";

    /** Column with the name of the operator that dropped the row, as in EXPLAIN. */
    public static final String OPERATOR = "late_operator";

    /** Column with the names of the tables that the job writes. */
    public static final String SINK = "late_sink";

    /** Column with the watermark that the row came behind. */
    public static final String WATERMARK = "late_watermark";

    /** Number of columns behind those of the table. */
    public static final int ADDED = 3;

    private LateTable() {}

    /** Whether a table asks for it. */
    public static boolean isAsked(Table table) {
        return Boolean.parseBoolean(
                table.options().getOrDefault(OPTION, "false").trim());
    }

    /** Its name. */
    public static ObjectName name(ObjectName table) {
        return new ObjectName(table.catalog(), table.database(), table.name() + SUFFIX);
    }

    /** The stream that belongs to a table; empty when the table does not ask for one. */
    public static Optional<Table> of(Table table) {
        checkValue(table);
        if (!isAsked(table)) {
            return Optional.empty();
        }
        DataType time = table.watermark()
                .flatMap(mark -> table.columns().stream()
                        .filter(column -> column.name().equals(mark.column()))
                        .findFirst())
                .map(Column::type)
                .orElseThrow(() -> SabotException.of(ErrorCode.INVALID_DEFINITION, "'" + OPTION + "' needs a WATERMARK")
                        .why("without one no row of '" + table.name().name() + "' is late")
                        .hint("add WATERMARK FOR … AS … to the columns"));
        List<Column> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            if (List.of(OPERATOR, SINK, WATERMARK).contains(column.name())) {
                throw SabotException.of(
                                ErrorCode.INVALID_DEFINITION,
                                "a table with '" + OPTION + "' cannot have a column '" + column.name() + "'")
                        .why("late rows are kept with a column of that name beside those of the table");
            }
            columns.add(physical(column.name(), column.type()));
        }
        columns.add(physical(OPERATOR, AtomicType.STRING));
        columns.add(physical(SINK, AtomicType.STRING));
        columns.add(physical(WATERMARK, time));
        return Optional.of(new Table(
                name(table.name()),
                TableKind.STREAM,
                columns,
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                "rows of " + table.name().name() + " that came too late",
                table.temporary()));
    }

    private static Column physical(String name, DataType type) {
        return new Column.Physical(name, type.withNullable(true), "");
    }

    private static void checkValue(Table table) {
        String value = table.options().getOrDefault(OPTION, "false").trim();
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "option '" + OPTION + "' does not take '" + value + "'")
                    .why("it takes true or false");
        }
    }
}
