package io.sabot.planner.physical;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.function.MatchFunctions;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.MatchNode.Arrangement;
import io.sabot.planner.plan.MatchNode.Skip;
import io.sabot.planner.plan.MatchNode.SkipTo;
import io.sabot.planner.plan.MatchTerms;
import io.sabot.planner.plan.OrderNode.Collation;
import io.sabot.planner.plan.Pattern;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize.AfterOption;
import org.apache.calcite.sql.type.SqlTypeName;

/** MATCH_RECOGNIZE. Its order must begin with time, by which rows that wait for earlier ones are let go. */
final class Matches {
    private final Build build;
    private final Exchanges exchanges;
    private final Aggregates aggregates;

    Matches(Build build, Exchanges exchanges, Aggregates aggregates) {
        this.build = build;
        this.exchanges = exchanges;
        this.aggregates = aggregates;
    }

    Stage match(Match match, Stage input) {
        checkForm(match, input);
        List<Collation> order = match.getOrderKeys().getFieldCollations().stream()
                .map(collation -> Orders.collation(collation, match.getInput().getRowType()))
                .toList();
        Arrangement arrangement = arrangement(input, order);
        boolean eventTime = arrangement == Arrangement.EVENT_TIME;
        if (eventTime) {
            build.demand.late(input);
        }
        MatchPatterns patterns = new MatchPatterns(build);
        Pattern pattern = patterns.translate(match.getPattern());
        Map<String, List<Integer>> variables = variables(match, patterns);
        MatchExpressions expressions = new MatchExpressions(
                build,
                aggregates,
                match.getInput().getRowType(),
                eventTime ? order.get(0).column() : -1,
                variables);
        List<MatchNode.Variable> defined = patterns.variables().stream()
                .map(name -> variable(name, match, expressions, patterns))
                .toList();
        List<String> names = match.getRowType().getFieldNames();
        List<Integer> keys = new ArrayList<>();
        List<RexNode> outputs = new ArrayList<>();
        for (String name : names.subList(0, match.getPartitionKeys().cardinality())) {
            keys.add(match.getInput().getRowType().getFieldNames().indexOf(name));
        }
        keys.forEach(key -> outputs.add(expressions.ofFirst(key)));
        match.getMeasures().values().forEach(outputs::add);
        MatchTerms output = expressions.terms(outputs);
        long within = within(match, input, order);
        Stage keyed = exchanges.exchange(input, keys);
        StreamProperties stream = new StreamProperties(
                ChangelogMode.APPEND_ONLY,
                List.of(),
                times(outputs, eventTime, within),
                input.stream().bounded(),
                arrangement == Arrangement.AT_END || input.stream().emitAtEnd());
        MatchNode node = new MatchNode(
                build.info("match", schema(names, output), stream),
                keyed.node(),
                keys,
                arrangement,
                order,
                eventTime ? input.eventTime(order.get(0).column()).orElseThrow().offsetMillis() : 0,
                expressions.features().isEmpty() ? List.of(build.rex.makeLiteral(true)) : expressions.features(),
                defined,
                pattern,
                skip(match.getAfter(), variables),
                within,
                output);
        return new Stage(
                node,
                keys.isEmpty() ? Distribution.SINGLE : Distribution.hash(Aggregates.range(keys.size())),
                List.of(),
                input.sources());
    }

    /**
     * Filters and projections above a match. What a variable that took no row gives is NULL, whatever Calcite says of the
     * column it comes from.
     */
    Stage above(Stage match, Chain chain, Calcs calcs, List<String> names) {
        RexShuttle relax = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(
                        ref.getIndex(), CalciteTypes.toCalcite(match.schema().type(ref.getIndex()), build.types()));
            }

            @Override
            public RexNode visitCall(RexCall call) {
                List<RexNode> operands = visitList(call.getOperands(), new boolean[1]);
                boolean nullable = call.getType().isNullable()
                        || operands.stream()
                                .anyMatch(operand -> operand.getType().isNullable());
                return call.clone(build.types().createTypeWithNullability(call.getType(), nullable), operands);
            }
        };
        return calcs.apply(match, relax.apply(chain.conjuncts()), relax.apply(chain.projections()), names);
    }

    private void checkForm(Match match, Stage input) {
        if (match.isAllRows()) {
            throw refused("ALL ROWS PER MATCH is not supported").hint("write ONE ROW PER MATCH");
        }
        if (match.isStrictStart() || match.isStrictEnd()) {
            throw refused("^ and $ in a pattern are not supported").why("a partition of a stream has no end");
        }
        if (!input.isAppendOnly()) {
            throw refused("MATCH_RECOGNIZE over rows that change is not supported")
                    .hint("let it read a table or a window aggregation, whose rows stay as they are");
        }
    }

    private Arrangement arrangement(Stage input, List<Collation> order) {
        if (order.isEmpty()) {
            throw refused("MATCH_RECOGNIZE needs an ORDER BY").hint("order by the time column of the rows");
        }
        Optional<TimeColumn> time = input.time(order.get(0).column());
        if (time.isEmpty()) {
            if (build.options.atEnd()) {
                return Arrangement.AT_END;
            }
            throw refused("the ORDER BY of a MATCH_RECOGNIZE must begin with a time column")
                    .why("column '" + input.schema().name(order.get(0).column()) + "' has no watermark")
                    .hint("declare WATERMARK FOR it in CREATE TABLE, or order by PROCTIME()");
        }
        if (order.get(0).descending()) {
            throw refused("the time by which a MATCH_RECOGNIZE is ordered must be ascending");
        }
        if (time.get().domain() == TimeDomain.EVENT) {
            return Arrangement.EVENT_TIME;
        }
        if (order.size() > 1) {
            throw refused("rows in the order of processing time cannot be ordered further");
        }
        return Arrangement.PROCESSING_TIME;
    }

    private static Map<String, List<Integer>> variables(Match match, MatchPatterns patterns) {
        Map<String, List<Integer>> variables = new HashMap<>();
        for (String name : patterns.variables()) {
            variables.put(name, List.of(patterns.indexOf(name)));
        }
        match.getSubsets()
                .forEach((name, members) -> variables.put(
                        name,
                        members.stream()
                                .map(patterns::indexOf)
                                .filter(i -> i >= 0)
                                .toList()));
        return variables;
    }

    private static MatchNode.Variable variable(
            String name, Match match, MatchExpressions expressions, MatchPatterns patterns) {
        RexNode definition = match.getPatternDefinitions().get(name);
        if (definition == null || definition.isAlwaysTrue()) {
            return new MatchNode.Variable(name, Optional.empty(), Optional.empty());
        }
        MatchTerms condition = expressions.terms(List.of(definition));
        return new MatchNode.Variable(
                name, expressions.alone(condition, patterns.indexOf(name)), Optional.of(condition));
    }

    private long within(Match match, Stage input, List<Collation> order) {
        if (match.getInterval() == null) {
            return 0;
        }
        RexLiteral interval = (RexLiteral) match.getInterval();
        if (!SqlTypeName.DAY_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName())) {
            throw refused("WITHIN needs an interval of days, hours, minutes or seconds");
        }
        long millis = Objects.requireNonNull(interval.getValueAs(Long.class));
        if (millis <= 0) {
            throw refused("WITHIN needs an interval longer than nothing");
        }
        boolean timed = input.schema().type(order.get(0).column()) instanceof AtomicType type
                && type.kind().isTimestamp()
                && !order.get(0).descending();
        if (!timed) {
            throw refused("WITHIN needs rows that are ordered by time");
        }
        return millis;
    }

    private Skip skip(RexNode after, Map<String, List<Integer>> variables) {
        if (after instanceof RexLiteral literal) {
            boolean next = literal.getValueAs(AfterOption.class) == AfterOption.SKIP_TO_NEXT_ROW;
            return next
                    ? new Skip(SkipTo.NEXT_ROW, List.of(), "to next row")
                    : new Skip(SkipTo.PAST_LAST_ROW, List.of(), "past last row");
        }
        RexCall call = (RexCall) after;
        String name = Objects.requireNonNull(((RexLiteral) call.getOperands().get(0)).getValueAs(String.class));
        boolean first = call.getKind() == SqlKind.SKIP_TO_FIRST;
        return new Skip(
                first ? SkipTo.FIRST : SkipTo.LAST,
                variables.getOrDefault(name, List.of()),
                (first ? "to first " : "to last ") + name);
    }

    /** A match that a longer one held back may leave as much later as WITHIN allows. */
    private static List<TimeColumn> times(List<RexNode> outputs, boolean eventTime, long within) {
        List<TimeColumn> times = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            RexNode output = outputs.get(i);
            RexNode inner = output.getKind() == SqlKind.FINAL
                    ? ((RexCall) output).getOperands().get(0)
                    : output;
            if (inner instanceof RexCall call && call.getOperator().equals(MatchFunctions.MATCH_ROWTIME) && eventTime) {
                times.add(new TimeColumn(i, TimeDomain.EVENT, -within));
            }
            if (inner instanceof RexCall call && call.getOperator().equals(MatchFunctions.MATCH_PROCTIME)) {
                times.add(new TimeColumn(i, TimeDomain.PROCESSING, 0));
            }
        }
        return times;
    }

    private static Schema schema(List<String> names, MatchTerms output) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new Field(
                    names.get(i),
                    CalciteTypes.toCatalog(output.expressions().get(i).getType())));
        }
        return Build.unique(fields);
    }

    private SabotException refused(String what) {
        return build.notSupported(what, build.places().of(SqlKind.MATCH_RECOGNIZE));
    }
}
