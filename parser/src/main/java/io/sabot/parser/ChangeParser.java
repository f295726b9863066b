package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.AlterTable;
import io.sabot.parser.statement.DropObject;
import io.sabot.parser.statement.ObjectKind;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.TableKind;

/** ALTER and DROP. */
final class ChangeParser {
    private final Cursor cursor;
    private final OptionParser options;

    ChangeParser(Cursor cursor) {
        this.cursor = cursor;
        this.options = new OptionParser(cursor);
    }

    Statement drop() {
        Token first = cursor.take();
        boolean temporary = cursor.accept("TEMPORARY");
        boolean system = temporary && cursor.accept("SYSTEM");
        if (cursor.accept("FUNCTION")) {
            return new FunctionParser(cursor).drop(first, temporary, system);
        } else if (system) {
            throw cursor.unexpected("FUNCTION");
        }
        ObjectKind kind = kind();
        boolean ifExists = options.ifExists();
        ObjectName name = cursor.objectName();
        boolean cascade = cursor.accept("CASCADE");
        if (!cascade) {
            cursor.accept("RESTRICT");
        }
        return new DropObject(cursor.sourceFrom(first), kind, temporary, ifExists, name, cascade);
    }

    private ObjectKind kind() {
        for (ObjectKind kind : ObjectKind.values()) {
            if (cursor.accept(kind.words().split(" "))) {
                return kind;
            }
        }
        throw cursor.unexpected("TABLE", "STREAM", "VIEW", "MATERIALIZED VIEW", "FUNCTION", "DATABASE", "CATALOG");
    }

    Statement alter() {
        Token first = cursor.take();
        TableKind kind = cursor.accept("STREAM") ? TableKind.STREAM : TableKind.TABLE;
        if (kind == TableKind.TABLE) {
            cursor.expect("TABLE");
        }
        boolean ifExists = options.ifExists();
        ObjectName name = cursor.objectName();
        AlterTable.Action action = action(kind);
        return new AlterTable(cursor.sourceFrom(first), kind, ifExists, name, action);
    }

    private AlterTable.Action action(TableKind kind) {
        if (cursor.accept("RENAME", "TO")) {
            return new AlterTable.Rename(cursor.objectName());
        } else if (cursor.accept("SET")) {
            return new AlterTable.SetOptions(options.options());
        } else if (cursor.accept("RESET")) {
            return new AlterTable.ResetOptions(options.keys());
        } else if (cursor.at("ADD") || cursor.at("DROP") || cursor.at("MODIFY") || cursor.at("RENAME")) {
            Token word = cursor.peek(1);
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "ALTER " + kind + " … " + Words.upper(word.image) + " is not supported yet")
                    .at(cursor.spanOf(word));
        }
        throw cursor.unexpected("RENAME TO", "SET", "RESET");
    }
}
