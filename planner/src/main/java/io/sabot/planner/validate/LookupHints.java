package io.sabot.planner.validate;

import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Moves LOOKUP hints from their SELECT to the table that each names, which later stages see without its alias, and refuses
 * those that Flink refuses.
 */
public final class LookupHints extends SqlShuttle {
    /** Name of the hint. */
    public static final String NAME = "LOOKUP";

    private static final List<OptionSpec> OPTIONS = List.of(
            OptionSpec.required("table", OptionType.STRING, "name or alias of the table"),
            OptionSpec.optional("async", OptionType.BOOLEAN, "changes no answer"),
            OptionSpec.choice("output-mode", "whether rows may overtake each other", "ordered", "allow_unordered"),
            OptionSpec.optional("capacity", OptionType.INT, "changes no answer"),
            OptionSpec.optional("timeout", OptionType.DURATION, "changes no answer"),
            OptionSpec.optional("shuffle", OptionType.BOOLEAN, "whether rows of a key are joined by one task"),
            OptionSpec.choice("retry-predicate", "which rows look again", "lookup_miss"),
            OptionSpec.choice("retry-strategy", "when they look again", "fixed_delay"),
            OptionSpec.optional("fixed-delay", OptionType.DURATION, "how long they wait"),
            OptionSpec.optional("max-attempts", OptionType.INT, "how often they look again"));
    private static final List<String> RETRY =
            List.of("retry-predicate", "retry-strategy", "fixed-delay", "max-attempts");

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        return super.visit(call instanceof SqlSelect select && select.hasHints() ? moved(select) : call);
    }

    private static SqlSelect moved(SqlSelect select) {
        Map<String, SqlHint> byTable = new LinkedHashMap<>();
        List<SqlNode> others = new ArrayList<>();
        for (SqlNode node : select.getHints()) {
            if (node instanceof SqlHint hint && hint.getName().equalsIgnoreCase(NAME)) {
                byTable.putIfAbsent(checked(hint), hint); // the first one holds, as in Flink
            } else {
                others.add(node);
            }
        }
        if (byTable.isEmpty()) {
            return select;
        }
        SqlSelect copy = (SqlSelect) select.clone(select.getParserPosition());
        copy.setHints(new SqlNodeList(others, select.getHints().getParserPosition()));
        Map<String, SqlHint> left = new LinkedHashMap<>(byTable);
        if (select.getFrom() != null) {
            copy.setFrom(from(select.getFrom(), null, left));
        }
        left.forEach((table, hint) -> {
            throw error(ErrorCode.UNDEFINED_TABLE, hint, "LOOKUP names '" + table + "', which FROM does not look up")
                    .hint("name a table, by its alias if it has one, behind which stands FOR SYSTEM_TIME AS OF");
        });
        return copy;
    }

    /** The table that a hint names. */
    private static String checked(SqlHint hint) {
        Map<String, String> values = hint.getOptionKVPairs();
        values.forEach((key, value) -> check(hint, key, value));
        long retry = RETRY.stream().filter(values::containsKey).count();
        if (retry != 0 && retry != RETRY.size()) {
            throw error(ErrorCode.INVALID_PARAMETER, hint, "LOOKUP lacks a part of its retry")
                    .why("it takes all of '" + String.join("', '", RETRY) + "', or none");
        }
        if (retry != 0 && "ordered".equalsIgnoreCase(values.get("output-mode"))) {
            throw error(ErrorCode.FEATURE_NOT_SUPPORTED, hint, "LOOKUP with retries in order is not supported")
                    .why("rows that wait are overtaken by those behind them")
                    .hint("write 'output-mode' = 'allow_unordered'");
        }
        String table = values.get("table");
        if (table == null) {
            throw error(ErrorCode.INVALID_PARAMETER, hint, "LOOKUP does not say for which table it is")
                    .hint("add 'table' = 't'");
        }
        return table;
    }

    private static void check(SqlHint hint, String key, String value) {
        OptionSpec option = OPTIONS.stream()
                .filter(spec -> spec.key().equals(key))
                .findFirst()
                .orElseThrow(() -> error(ErrorCode.INVALID_PARAMETER, hint, "LOOKUP has no option '" + key + "'")
                        .why("its options are "
                                + String.join(
                                        ", ",
                                        OPTIONS.stream().map(OptionSpec::key).toList())));
        Options.check(option, value).or(() -> positive(option, value)).ifPresent(expected -> {
            throw error(ErrorCode.INVALID_PARAMETER, hint, "LOOKUP does not take '" + key + "' = '" + value + "'")
                    .why("it takes " + expected);
        });
    }

    private static Optional<String> positive(OptionSpec option, String value) {
        boolean fits = switch (option.type()) {
            case INT -> Integer.parseInt(value.trim()) > 0;
            case DURATION -> Options.parseDuration(value).orElseThrow().toMillis() > 0;
            case STRING, BOOLEAN, LONG, DOUBLE, MEMORY_SIZE, LIST, ENUM, REFUSED -> true;
        };
        return fits ? Optional.empty() : Optional.of("more than 0");
    }

    /** The same FROM clause with hints at the tables that are looked up; those taken leave {@code hints}. */
    private static SqlNode from(SqlNode node, @Nullable String alias, Map<String, SqlHint> hints) {
        if (node instanceof SqlJoin join) {
            SqlJoin copy = (SqlJoin) join.clone(join.getParserPosition());
            copy.setLeft(from(join.getLeft(), null, hints));
            copy.setRight(from(join.getRight(), null, hints));
            return copy;
        }
        if (node.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) node;
            return replaced(as, from(as.operand(0), ((SqlIdentifier) as.operand(1)).getSimple(), hints));
        }
        if (node.getKind() == SqlKind.SNAPSHOT) {
            SqlCall snapshot = (SqlCall) node;
            return replaced(snapshot, table(snapshot.operand(0), alias, hints));
        }
        return node;
    }

    private static SqlNode replaced(SqlCall call, SqlNode first) {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(0, first);
        return call.getOperator().createCall(call.getParserPosition(), operands);
    }

    private static SqlNode table(SqlNode node, @Nullable String alias, Map<String, SqlHint> hints) {
        SqlNode name = node instanceof SqlTableRef table ? table.operand(0) : node;
        if (!(name instanceof SqlIdentifier identifier)) {
            return node;
        }
        String known = alias == null ? identifier.names.get(identifier.names.size() - 1) : alias;
        SqlHint hint = hints.remove(known);
        if (hint == null) {
            return node;
        }
        List<SqlNode> all = new ArrayList<>();
        if (node instanceof SqlTableRef table) {
            all.addAll(
                    Objects.requireNonNull((SqlNodeList) table.getOperandList().get(1))
                            .getList());
        }
        all.add(hint);
        return new SqlTableRef(node.getParserPosition(), identifier, new SqlNodeList(all, node.getParserPosition()));
    }

    private static SabotException error(ErrorCode code, SqlHint hint, String what) {
        return SabotException.of(code, what).at(SqlSpans.of(hint));
    }
}
