package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Describe;
import io.sabot.parser.statement.DescribeDatabase;
import io.sabot.parser.statement.DescribeFunction;
import io.sabot.parser.statement.DescribeJob;
import io.sabot.parser.statement.Explain;
import io.sabot.parser.statement.ExplainDetail;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.LikePattern;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.ObjectKind;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Show;
import io.sabot.parser.statement.ShowCreate;
import io.sabot.parser.statement.ShowKind;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.StatementSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SHOW, DESCRIBE and EXPLAIN. */
final class LookParser {
    private final Cursor cursor;

    LookParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Statement show() {
        Token first = cursor.take();
        if (cursor.accept("CREATE")) {
            ObjectKind kind = kind();
            ObjectName name = cursor.objectName();
            return new ShowCreate(cursor.sourceFrom(first), kind, name);
        }
        for (ShowKind kind : ShowKind.values()) {
            if (cursor.accept(kind.words().split(" "))) {
                ObjectName in = in(kind);
                LikePattern like = like();
                return new Show(cursor.sourceFrom(first), kind, in, like);
            }
        }
        throw cursor.unexpected(
                Arrays.stream(ShowKind.values()).map(ShowKind::words).toArray(String[]::new));
    }

    private ObjectKind kind() {
        for (ObjectKind kind : ObjectKind.values()) {
            if (cursor.accept(kind.words().split(" "))) {
                return kind;
            }
        }
        throw cursor.unexpected("TABLE", "STREAM", "VIEW", "MATERIALIZED VIEW", "DATABASE", "CATALOG");
    }

    private @Nullable ObjectName in(ShowKind kind) {
        boolean mayName = switch (kind) {
            case DATABASES, TABLES, STREAMS, VIEWS, MATERIALIZED_VIEWS, FUNCTIONS, USER_FUNCTIONS, COLUMNS -> true;
            case CATALOGS, CURRENT_CATALOG, CURRENT_DATABASE, JARS, CONNECTORS, FORMATS, JOBS, QUERIES, SETTINGS ->
                false;
        };
        if (mayName && (cursor.accept("FROM") || cursor.accept("IN"))) {
            return cursor.objectName();
        }
        if (kind == ShowKind.COLUMNS) {
            throw cursor.unexpected("FROM", "IN");
        }
        return null;
    }

    private @Nullable LikePattern like() {
        Token first = cursor.peek(1);
        boolean negated = cursor.accept("NOT");
        boolean ignoreCase = cursor.accept("ILIKE");
        if (ignoreCase || cursor.accept("LIKE")) {
            String pattern = cursor.string().value();
            return new LikePattern(pattern, negated, ignoreCase, cursor.spanFrom(first));
        }
        if (negated) {
            throw cursor.unexpected("LIKE", "ILIKE");
        }
        return null;
    }

    Statement describe() {
        Token first = cursor.take();
        if (atKind("JOB")) {
            cursor.take();
            Name job = cursor.nameOrString();
            return new DescribeJob(cursor.sourceFrom(first), job);
        }
        if (atKind("DATABASE")) {
            cursor.take();
            boolean extended = extended();
            ObjectName database = cursor.objectName();
            return new DescribeDatabase(cursor.sourceFrom(first), database, extended);
        }
        if (atKind("FUNCTION")) {
            cursor.take();
            boolean extended = extended();
            ObjectName function = cursor.objectName();
            return new DescribeFunction(cursor.sourceFrom(first), function, extended);
        }
        cursor.accept("TABLE");
        boolean extended = extended();
        ObjectName table = cursor.objectName();
        return new Describe(cursor.sourceFrom(first), table, extended);
    }

    /** Whether the word stands there and is no name itself. */
    private boolean atKind(String word) {
        return cursor.at(word) && cursor.peek(2).kind != 0 && !".".equals(cursor.peek(2).image);
    }

    private boolean extended() {
        boolean extended = atKind("EXTENDED");
        if (extended) {
            cursor.take();
        }
        return extended;
    }

    Statement explain() {
        Token first = cursor.take();
        List<ExplainDetail> details = cursor.accept("PLAN", "FOR") ? List.of() : details();
        Statement statement = explained();
        return new Explain(cursor.sourceFrom(first), details, statement);
    }

    private List<ExplainDetail> details() {
        List<ExplainDetail> details = new ArrayList<>();
        Optional<ExplainDetail> next = detail();
        while (next.isPresent()) {
            details.add(next.get());
            next = cursor.accept(",") ? detail() : Optional.empty();
        }
        return details;
    }

    private Optional<ExplainDetail> detail() {
        return Arrays.stream(ExplainDetail.values())
                .filter(detail -> cursor.accept(detail.name()))
                .findFirst();
    }

    private Statement explained() {
        Token first = cursor.peek(1);
        Statement statement = cursor.at("STATEMENT", "SET")
                ? new InsertParser(cursor).statementSet()
                : new StatementParser(cursor).parseAny();
        boolean hasPlan = statement instanceof Query
                || statement instanceof Insert
                || statement instanceof StatementSet
                || statement instanceof CreateMaterializedView
                || statement instanceof CreateView
                || (statement instanceof CreateTable create && create.query() != null);
        if (!hasPlan) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "EXPLAIN shows plans of queries only")
                    .at(cursor.spanFrom(first))
                    .hint("explain a SELECT, an INSERT, a statement set or a CREATE … AS");
        }
        return statement;
    }
}
