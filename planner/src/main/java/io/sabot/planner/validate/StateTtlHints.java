package io.sabot.planner.validate;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.form.HintForm;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** What hints of the form {@code STATE_TTL('t' = '1d')} say: by table, for how many milliseconds state stays. */
public final class StateTtlHints extends SqlBasicVisitor<@Nullable Void> {
    private final PlainRows plain;
    private final Map<ObjectName, Long> found;

    private StateTtlHints(CatalogReader catalog, Map<ObjectName, Long> found) {
        this.plain = new PlainRows(catalog);
        this.found = found;
    }

    /** Those of a query and its sub-queries. */
    public static Map<ObjectName, Long> of(List<SqlNode> queries, CatalogReader catalog) {
        Map<ObjectName, Long> found = new HashMap<>();
        queries.forEach(query -> query.accept(new StateTtlHints(catalog, found)));
        return found;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlWith with) {
            with.withList.forEach(item -> plain.add((SqlWithItem) item));
        }
        if (call instanceof SqlSelect select && select.hasHints()) {
            for (SqlNode node : select.getHints()) {
                if (node instanceof SqlHint hint && hint.getName().equalsIgnoreCase("STATE_TTL")) {
                    read(hint, select);
                } else if (node instanceof SqlHint hint) {
                    HintForm.checkTables(hint, tables(select).keySet());
                }
            }
        }
        return super.visit(call);
    }

    private void read(SqlHint hint, SqlSelect select) {
        Map<String, SqlNode> tables = tables(select);
        hint.getOptionKVPairs().forEach((name, text) -> {
            long millis = Options.parseDuration(text)
                    .orElseThrow(() -> SabotException.of(
                                    ErrorCode.INVALID_PARAMETER, "STATE_TTL does not take '" + text + "'")
                            .at(SqlSpans.of(hint))
                            .why("it takes a time, such as '12 h' or '1 d'"))
                    .toMillis();
            note(hint, table(hint, name, tables), millis, tables);
        });
    }

    /** What stands in FROM, by the names that hints call it by. */
    private static Map<String, SqlNode> tables(SqlSelect select) {
        Map<String, SqlNode> tables = new LinkedHashMap<>();
        collect(select.getFrom(), null, tables);
        return tables;
    }

    private static void collect(@Nullable SqlNode from, @Nullable String alias, Map<String, SqlNode> into) {
        if (from instanceof SqlJoin join) {
            collect(join.getLeft(), null, into);
            collect(join.getRight(), null, into);
        } else if (from instanceof SqlIdentifier name) {
            into.put(alias == null ? name.names.get(name.names.size() - 1) : alias, name);
        } else if (from instanceof SqlTableRef table) {
            collect(table.operand(0), alias, into);
        } else if (from != null && from.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) from;
            collect(as.operand(0), ((SqlIdentifier) as.operand(1)).getSimple(), into);
        } else if (from != null && alias != null) {
            into.put(alias, from);
        }
    }

    private ObjectName table(SqlHint hint, String name, Map<String, SqlNode> tables) {
        SqlNode from = tables.get(name);
        if (from == null) {
            throw SabotException.of(ErrorCode.UNDEFINED_TABLE, "STATE_TTL names '" + name + "', which is not in FROM")
                    .at(SqlSpans.of(hint))
                    .why("FROM has " + String.join(", ", tables.keySet()));
        }
        return plain.table(from)
                .orElseThrow(() -> refused(
                        hint,
                        "STATE_TTL of '" + name + "' is not supported",
                        "'" + name + "' is no table, nor a view or query that only filters and picks columns of one"));
    }

    private void note(SqlHint hint, ObjectName table, long millis, Map<String, SqlNode> tables) {
        boolean twice = tables.values().stream()
                        .flatMap(from -> plain.table(from).stream())
                        .filter(table::equals)
                        .count()
                > 1;
        Long before = found.put(table, millis);
        if (twice || (before != null && before != millis)) {
            throw refused(
                    hint, "STATE_TTL of a table that is read in two places is not supported", "it would hold for both");
        }
    }

    private static SabotException refused(SqlHint hint, String what, String why) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what)
                .at(SqlSpans.of(hint))
                .why(why)
                .hint("SET 'table.exec.state.ttl' for all of the statement");
    }
}
