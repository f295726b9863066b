package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.AlterDatabase;
import io.sabot.parser.statement.AlterTable;
import io.sabot.parser.statement.AlterView;
import io.sabot.parser.statement.DropObject;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.ObjectKind;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Options;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.TableKind;
import java.util.List;

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
        if (cursor.accept("VIEW")) {
            return view(first);
        } else if (cursor.accept("DATABASE")) {
            ObjectName name = cursor.objectName();
            cursor.expect("SET");
            Options set = options.options();
            return new AlterDatabase(cursor.sourceFrom(first), name, set);
        }
        TableKind kind = cursor.accept("STREAM") ? TableKind.STREAM : TableKind.TABLE;
        if (kind == TableKind.TABLE) {
            cursor.expect("TABLE");
        }
        boolean ifExists = options.ifExists();
        ObjectName name = cursor.objectName();
        AlterTable.Action action = action();
        return new AlterTable(cursor.sourceFrom(first), kind, ifExists, name, action);
    }

    private AlterTable.Action action() {
        if (cursor.accept("RENAME", "TO")) {
            return new AlterTable.Rename(cursor.objectName());
        } else if (cursor.accept("SET")) {
            return new AlterTable.SetOptions(options.options());
        } else if (cursor.accept("RESET")) {
            return new AlterTable.ResetOptions(options.keys());
        } else if (cursor.accept("ADD")) {
            refuseLayout("ADD");
            return new AlterTable.Add(new SchemaParser(cursor).changes());
        } else if (cursor.accept("MODIFY")) {
            refuseLayout("MODIFY");
            return new AlterTable.Modify(new SchemaParser(cursor).changes());
        } else if (cursor.accept("DROP")) {
            return dropped();
        } else if (cursor.accept("RENAME")) {
            Name column = cursor.name();
            cursor.expect("TO");
            return new AlterTable.RenameColumn(column, cursor.name());
        }
        throw cursor.unexpected("RENAME", "ADD", "MODIFY", "DROP", "SET", "RESET");
    }

    /** Partitions and buckets are no columns. */
    private void refuseLayout(String verb) {
        Token word = cursor.peek(1);
        if (cursor.at("PARTITION") || cursor.at("IF")) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "ALTER TABLE … " + verb + " PARTITION is not supported yet")
                    .at(cursor.spanOf(word))
                    .hint("leave it out: the rows that are written make their partitions");
        }
        if (cursor.at("DISTRIBUTION", "BY") || cursor.at("DISTRIBUTION", "INTO")) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "ALTER TABLE … " + verb + " DISTRIBUTION is not supported")
                    .at(cursor.spanOf(word))
                    .hint(TableParser.NO_BUCKETS);
        }
    }

    private AlterTable.Action dropped() {
        Token word = cursor.peek(1);
        if (cursor.accept("PRIMARY", "KEY")) {
            return new AlterTable.DropPrimaryKey();
        } else if (cursor.accept("WATERMARK")) {
            return new AlterTable.DropWatermark();
        } else if (cursor.accept("CONSTRAINT")) {
            cursor.name();
            return new AlterTable.DropPrimaryKey();
        } else if (cursor.at("PARTITION") || cursor.at("IF")) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "ALTER TABLE … DROP PARTITION is not supported yet")
                    .at(cursor.spanOf(word))
                    .hint("INSERT OVERWRITE replaces the partitions that get rows");
        }
        return new AlterTable.DropColumns(cursor.at("(") ? cursor.nameList() : List.of(cursor.name()));
    }

    private Statement view(Token first) {
        ObjectName name = cursor.objectName();
        if (cursor.accept("RENAME", "TO")) {
            ObjectName newName = cursor.objectName();
            return new AlterView(cursor.sourceFrom(first), name, newName, null);
        } else if (cursor.accept("AS")) {
            Query query = cursor.query();
            return new AlterView(cursor.sourceFrom(first), name, null, query);
        }
        throw cursor.unexpected("RENAME TO", "AS");
    }
}
