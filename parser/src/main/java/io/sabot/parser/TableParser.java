package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.LikeClause;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.NamedColumn;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Options;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.TableKind;
import io.sabot.parser.statement.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE and CREATE STREAM behind those words; what stands in the brackets is handed on. */
final class TableParser {
    /** What to do without buckets. */
    static final String NO_BUCKETS =
            "leave it out: rows are spread by the keys of each statement, files by PARTITIONED BY";

    private final Cursor cursor;
    private final OptionParser options;

    TableParser(Cursor cursor) {
        this.cursor = cursor;
        this.options = new OptionParser(cursor);
    }

    CreateTable create(Token first, TableKind kind, boolean orReplace, boolean temporary) {
        boolean ifNotExists = options.ifNotExists();
        ObjectName name = cursor.objectName();
        TableSchema schema = cursor.at("(") ? new SchemaParser(cursor).schema() : TableSchema.EMPTY;
        String comment = options.comment();
        if (cursor.at("DISTRIBUTED")) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "DISTRIBUTED BY is not supported")
                    .at(cursor.spanOf(cursor.peek(1)))
                    .hint(NO_BUCKETS);
        }
        List<Name> partitionedBy = cursor.accept("PARTITIONED", "BY") ? cursor.nameList() : List.of();
        Options with = options.withOptions();
        LikeClause like = cursor.at("LIKE") ? like() : null;
        Query query = like == null && cursor.accept("AS") ? cursor.query() : null;
        if (query == null) {
            refuseNames(schema);
        }
        if (like == null && query == null) {
            expectClausesDone(schema, with);
        }
        SabotException flaw = flaw(kind, schema, like != null || query != null, name.span());
        if (flaw != null) {
            throw flaw;
        }
        return new CreateTable(
                cursor.sourceFrom(first),
                kind,
                orReplace,
                temporary,
                ifNotExists,
                name,
                schema,
                comment,
                partitionedBy,
                with,
                like,
                query);
    }

    /** Says what could have come where the statement does not end. */
    private void expectClausesDone(TableSchema schema, Options with) {
        if (cursor.atEnd() && !schema.isEmpty()) {
            return;
        }
        List<String> expected = new ArrayList<>();
        if (schema.isEmpty()) {
            expected.add("(");
        }
        if (with.isEmpty()) {
            expected.addAll(List.of("COMMENT", "PARTITIONED BY", "WITH"));
        }
        expected.addAll(List.of("LIKE", "AS"));
        if (!cursor.at(";")) {
            cursor.expectEnd(expected.toArray(String[]::new));
            throw cursor.unexpected(expected.toArray(String[]::new));
        }
    }

    private static void refuseNames(TableSchema schema) {
        schema.columns().stream()
                .filter(NamedColumn.class::isInstance)
                .findFirst()
                .ifPresent(column -> {
                    throw SabotException.of(
                                    ErrorCode.SYNTAX_ERROR,
                                    "column '" + column.name().value() + "' has no type")
                            .at(column.span())
                            .hint("write its type behind it; names alone are for CREATE TABLE … AS SELECT");
                });
    }

    private static @Nullable SabotException flaw(
            TableKind kind, TableSchema schema, boolean moreColumns, SqlSpan nameSpan) {
        if (kind == TableKind.STREAM && schema.primaryKey() != null) {
            return SabotException.of(ErrorCode.INVALID_DEFINITION, "a stream has no primary key")
                    .at(schema.primaryKey().span())
                    .why("a stream is append-only: its rows are never replaced")
                    .hint("use CREATE TABLE");
        }
        if (!moreColumns && schema.columns().isEmpty() && !schema.isEmpty()) {
            return SabotException.of(ErrorCode.INVALID_DEFINITION, "the table has no columns")
                    .at(nameSpan);
        }
        return null;
    }

    private LikeClause like() {
        Token first = cursor.take();
        ObjectName table = cursor.objectName();
        List<LikeClause.Rule> rules = new ArrayList<>();
        if (cursor.accept("(")) {
            while (!cursor.accept(")")) {
                rules.add(new LikeClause.Rule(word(LikeClause.Strategy.values()), word(LikeClause.Feature.values())));
                cursor.accept(",");
            }
        }
        return new LikeClause(table, rules, cursor.spanFrom(first));
    }

    private <E extends Enum<E>> E word(E[] choices) {
        for (E choice : choices) {
            if (cursor.accept(choice.name())) {
                return choice;
            }
        }
        throw cursor.unexpected(Arrays.stream(choices).map(Enum::name).toArray(String[]::new));
    }
}
