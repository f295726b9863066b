package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.SabotSqlParserImplConstants;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.Assignment;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.OnConflict;
import io.sabot.parser.statement.Options;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.StatementSet;
import java.util.ArrayList;
import java.util.List;

/** INSERT and statement sets. */
final class InsertParser {
    private final Cursor cursor;

    InsertParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Insert insert() {
        Token first = cursor.peek(1);
        cursor.expect("INSERT");
        boolean overwrite = cursor.accept("OVERWRITE");
        if (!overwrite && !cursor.accept("INTO")) {
            throw cursor.unexpected("INTO", "OVERWRITE");
        }
        cursor.accept("TABLE");
        ObjectName target = cursor.objectName();
        Options targetOptions = hint();
        List<Assignment> partition = cursor.at("PARTITION", "(") ? partition() : List.of();
        List<Name> columns = atColumns() ? columns() : List.of();
        Query query = cursor.query();
        OnConflict onConflict = onConflict();
        return new Insert(
                cursor.sourceFrom(first), target, targetOptions, overwrite, partition, columns, query, onConflict);
    }

    /** The one hint that means something for a table that is written. */
    private Options hint() {
        if (!cursor.accept("/*+")) {
            return Options.NONE;
        }
        cursor.expect("OPTIONS");
        Options options = new OptionParser(cursor).options();
        cursor.expect("*/");
        return options;
    }

    /** A bracket may open the columns or a query in brackets. */
    private boolean atColumns() {
        int inner = 1;
        while ("(".equals(cursor.peek(inner).image)) {
            inner++;
        }
        return switch (cursor.peek(inner).kind) {
            case SabotSqlParserImplConstants.SELECT,
                    SabotSqlParserImplConstants.WITH,
                    SabotSqlParserImplConstants.VALUES,
                    SabotSqlParserImplConstants.TABLE -> false;
            default -> inner > 1;
        };
    }

    private List<Name> columns() {
        cursor.expect("(");
        List<Name> columns = new ArrayList<>();
        do {
            ObjectName column = cursor.objectName();
            if (column.parts().size() > 1) {
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "INSERT into a field inside a column is not supported")
                        .at(column.span())
                        .hint("name the column, and give it a whole ROW(…)");
            }
            columns.add(column.parts().get(0));
        } while (cursor.accept(","));
        cursor.closeList();
        return columns;
    }

    private List<Assignment> partition() {
        cursor.expect("PARTITION", "(");
        List<Assignment> values = new ArrayList<>();
        do {
            Name column = cursor.name();
            cursor.expect("=");
            values.add(new Assignment(column, cursor.expression()));
        } while (cursor.accept(","));
        cursor.closeList();
        return values;
    }

    private OnConflict onConflict() {
        if (!cursor.accept("ON", "CONFLICT", "DO")) {
            return OnConflict.NONE;
        }
        for (OnConflict choice : List.of(OnConflict.ERROR, OnConflict.NOTHING, OnConflict.DEDUPLICATE)) {
            if (cursor.accept(choice.name())) {
                return choice;
            }
        }
        throw cursor.unexpected("ERROR", "NOTHING", "DEDUPLICATE");
    }

    /** {@code EXECUTE STATEMENT SET BEGIN … END}, or the older {@code BEGIN STATEMENT SET; … END}. */
    StatementSet statementSet() {
        Token first = cursor.peek(1);
        if (cursor.accept("BEGIN", "STATEMENT", "SET")) {
            cursor.expect(";");
        } else {
            cursor.accept("EXECUTE");
            cursor.expect("STATEMENT", "SET", "BEGIN");
        }
        List<Insert> inserts = new ArrayList<>();
        do {
            if (!cursor.at("INSERT")) {
                throw cursor.unexpected("INSERT", "END");
            }
            inserts.add(insert());
            cursor.expect(";");
        } while (!cursor.accept("END"));
        return new StatementSet(cursor.sourceFrom(first), inserts);
    }
}
