package io.sabot.planner.physical;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.function.JavaAggregate;
import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.JavaAggregateOperator;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.jspecify.annotations.Nullable;

/** Aggregation by keys whose result changes as rows come. */
final class Aggregates {
    private final Build build;
    private final Exchanges exchanges;

    Aggregates(Build build, Exchanges exchanges) {
        this.build = build;
        this.exchanges = exchanges;
    }

    /** Output: the group keys in their order, then the calls. */
    Stage group(Aggregate aggregate, Stage input) {
        List<Integer> keys = aggregate.getGroupSet().asList();
        List<AggregateCall> calls =
                calls(aggregate, input.schema(), range(input.schema().size()));
        Schema output = build.schema(aggregate);
        boolean forgets = !input.isAppendOnly() && !build.keepsForever(input);
        if (forgets || input.distribution().groups(keys) || !isSplit(calls, input)) {
            Stage keyed = exchanges.byKeys(input, keys);
            return single(keyed, keys, calls, output, AggregatePhase.SINGLE);
        }
        Stage local = local(input, keys, calls);
        Stage keyed = exchanges.exchange(local, range(keys.size()));
        return single(keyed, range(keys.size()), calls, output, AggregatePhase.GLOBAL);
    }

    /** Each row once. */
    Stage distinct(Stage input) {
        List<Integer> keys = range(input.schema().size());
        return single(exchanges.byKeys(input, keys), keys, List.of(), input.schema(), AggregatePhase.SINGLE);
    }

    private Stage local(Stage input, List<Integer> keys, List<AggregateCall> calls) {
        Schema schema = localSchema(input.schema(), keys, calls, List.of());
        PlanNode node = new AggregateNode.Group(
                build.info("local-aggregate", schema, Build.plain(input.stream().bounded())),
                input.node(),
                keys,
                calls,
                AggregatePhase.LOCAL,
                false);
        return new Stage(node, Distribution.ANY, List.of(), input.sources());
    }

    private Stage single(
            Stage input, List<Integer> keys, List<AggregateCall> calls, Schema output, AggregatePhase phase) {
        boolean updates = !calls.isEmpty() || !input.isAppendOnly();
        boolean atEnd = build.options.atEnd() && (updates || keys.isEmpty()); // of no rows there is one, too
        if (phase == AggregatePhase.SINGLE) {
            checkTakenBack(build, calls, !input.isAppendOnly(), !atEnd);
        }
        StreamProperties stream = new StreamProperties(
                updates && !atEnd ? ChangelogMode.RETRACT : ChangelogMode.APPEND_ONLY,
                List.of(range(keys.size())),
                List.of(),
                input.stream().bounded(),
                atEnd);
        boolean rowWhenEmpty = keys.isEmpty() && (atEnd || build.options.view());
        PlanNode node = new AggregateNode.Group(
                rowWhenEmpty
                        ? build.info("group-aggregate", output, stream)
                        : build.keeping("group-aggregate", output, stream, input),
                input.node(),
                keys,
                calls,
                phase,
                rowWhenEmpty);
        Distribution distribution = keys.isEmpty() ? Distribution.SINGLE : distribution(input.distribution(), keys);
        return new Stage(node, distribution, List.of(), input.sources());
    }

    /** Where the columns of the input's distribution stand among the keys. */
    static Distribution distribution(Distribution input, List<Integer> keys) {
        return input.mapped(keys);
    }

    /** Columns that a local phase puts out: keys, accumulators, a signed count of rows, and what else is asked for. */
    static Schema localSchema(Schema input, List<Integer> keys, List<AggregateCall> calls, List<Field> more) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(input.fields().get(key)));
        for (AggregateCall call : calls) {
            int part = 0;
            for (DataType type : call.accumulators()) {
                fields.add(new Field(call.name() + "$" + part++, type));
            }
        }
        fields.add(new Field("$count", AtomicType.BIGINT.withNullable(false)));
        fields.addAll(more);
        return new Schema(fields);
    }

    /** Whether the calls can be computed in two phases over this input. */
    static boolean isSplit(List<AggregateCall> calls, Stage input) {
        return !calls.isEmpty()
                && calls.stream().allMatch(call -> !call.distinct() && isSplit(call, input.isAppendOnly()));
    }

    /** Sums of floating numbers that can be taken back are compensated: parts of them cannot be added up. */
    private static boolean isSplit(AggregateCall call, boolean appendOnly) {
        return switch (call.function()) {
            case COUNT -> true;
            case SUM, SUM0, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                appendOnly || !isFloating(call.argumentTypes().get(0));
            case MIN, MAX -> appendOnly;
            case USER ->
                appendOnly && Objects.requireNonNull(call.java()).merge().isPresent();
            case FIRST_VALUE,
                    LAST_VALUE,
                    SINGLE_VALUE,
                    LISTAGG,
                    ARRAY_AGG,
                    COLLECT,
                    PERCENTILE,
                    JSON_ARRAYAGG,
                    JSON_OBJECTAGG -> false;
        };
    }

    private static boolean isFloating(DataType type) {
        return type instanceof AtomicType atomic
                && (atomic.kind() == TypeKind.FLOAT || atomic.kind() == TypeKind.DOUBLE);
    }

    /**
     * The calls of an aggregate.
     *
     * @param positions by column of the aggregate's input: where it stands in {@code input}
     */
    List<AggregateCall> calls(Aggregate aggregate, Schema input, List<Integer> positions) {
        Schema output = build.schema(aggregate);
        int first = aggregate.getGroupCount();
        return IntStream.range(0, aggregate.getAggCallList().size())
                .mapToObj(i -> call(
                        aggregate.getAggCallList().get(i),
                        input,
                        positions,
                        output.fields().get(first + i)))
                .toList();
    }

    private AggregateCall call(
            org.apache.calcite.rel.core.AggregateCall call, Schema input, List<Integer> positions, Field output) {
        List<Integer> arguments = call.getArgList().stream().map(positions::get).toList();
        if (call.hasCollation()) {
            throw build.notSupported("ORDER BY inside an aggregate function is not supported", placeOf(call))
                    .why("rows come in their order of arrival, and the function gives them in that order")
                    .hint("leave ORDER BY out, or sort the array that it gives with ARRAY_SORT");
        }
        AggregateFunction function = function(call.getAggregation());
        boolean extreme = function == AggregateFunction.MIN || function == AggregateFunction.MAX;
        if (extreme && !(input.type(arguments.get(0)) instanceof AtomicType)) {
            throw build.notSupported(
                            function + " of " + input.type(arguments.get(0)) + " is not supported", placeOf(call))
                    .why("such values have no order");
        }
        if (call.isApproximate() && !build.options.atEnd()) {
            throw build.notSupported(
                            "APPROX_COUNT_DISTINCT over rows that keep coming is not supported",
                            build.places().ofFunction("APPROX_COUNT_DISTINCT"))
                    .why("it counts exactly, so it would keep all values for ever, which nobody expects of it")
                    .hint("write COUNT(DISTINCT …), or a plain SELECT over input that ends");
        }
        return new AggregateCall(
                function,
                (call.isDistinct() && isDuplicateSensitive(function)) || call.isApproximate(),
                arguments,
                arguments.stream().map(input::type).toList(),
                call.filterArg < 0 ? -1 : positions.get(call.filterArg),
                keepsNulls(call),
                output.type(),
                output.name(),
                java(call.getAggregation()));
    }

    static boolean isDuplicateSensitive(AggregateFunction function) {
        return function != AggregateFunction.MIN && function != AggregateFunction.MAX;
    }

    /** The aggregate that an operator stands for. */
    AggregateFunction function(SqlAggFunction operator) {
        if (operator instanceof JavaAggregateOperator) {
            return AggregateFunction.USER;
        }
        String name = operator.getName();
        return switch (name) {
            case "COUNT", "APPROX_COUNT_DISTINCT" -> AggregateFunction.COUNT;
            case "PERCENTILE" -> AggregateFunction.PERCENTILE;
            case "JSON_OBJECTAGG", "JSON_OBJECTAGG_NULL_ON_NULL", "JSON_OBJECTAGG_ABSENT_ON_NULL" ->
                AggregateFunction.JSON_OBJECTAGG;
            case "JSON_ARRAYAGG", "JSON_ARRAYAGG_NULL_ON_NULL", "JSON_ARRAYAGG_ABSENT_ON_NULL" ->
                AggregateFunction.JSON_ARRAYAGG;
            case "SUM" -> AggregateFunction.SUM;
            case "$SUM0" -> AggregateFunction.SUM0;
            case "AVG" -> AggregateFunction.AVG;
            case "MIN" -> AggregateFunction.MIN;
            case "MAX" -> AggregateFunction.MAX;
            case "STDDEV_POP" -> AggregateFunction.STDDEV_POP;
            case "STDDEV_SAMP", "STDDEV" -> AggregateFunction.STDDEV_SAMP;
            case "VAR_POP" -> AggregateFunction.VAR_POP;
            case "VAR_SAMP", "VARIANCE" -> AggregateFunction.VAR_SAMP;
            case "FIRST_VALUE" -> AggregateFunction.FIRST_VALUE;
            case "LAST_VALUE" -> AggregateFunction.LAST_VALUE;
            case "SINGLE_VALUE" -> AggregateFunction.SINGLE_VALUE;
            case "LISTAGG" -> AggregateFunction.LISTAGG;
            case "ARRAY_AGG" -> AggregateFunction.ARRAY_AGG;
            case "COLLECT" -> AggregateFunction.COLLECT;
            case "$WINDOW_START", "$WINDOW_END", "$WINDOW_TIME", "$WINDOW_PROCTIME" ->
                throw SabotException.of(
                                ErrorCode.INVALID_DEFINITION, "a window property needs the window it belongs to")
                        .at(build.options.span())
                        .hint("write GROUP BY TUMBLE(ts, INTERVAL …), HOP or SESSION, with the same arguments");
            case "LITERAL_AGG" ->
                throw build.notSupported("a sub-query of this form inside of ON is not supported")
                        .hint("move it to WHERE, or join what it selects");
            default ->
                throw build.notSupported(
                        "aggregate function " + name + " is not supported yet",
                        build.places().ofFunction(name));
        };
    }

    static @Nullable JavaAggregate java(SqlAggFunction operator) {
        return operator instanceof JavaAggregateOperator user ? user.function() : null;
    }

    /** Refuses functions of users that cannot take rows back, or that would not take back what they gave. */
    static void checkTakenBack(Build build, List<AggregateCall> calls, boolean retracting, boolean updating) {
        for (AggregateCall call : calls) {
            JavaAggregate java = call.java();
            if (java == null) {
                continue;
            }
            JavaFunction.Signature signature = java.find(call.argumentTypes()).orElseThrow();
            if (retracting && java.retract(signature).isEmpty()) {
                throw build.notSupported(
                                "aggregate function '" + java.name()
                                        + "' has no method retract, but rows are taken back here",
                                build.places().ofFunction(java.name().toUpperCase(Locale.ROOT)))
                        .why("its input changes: rows go as well as come")
                        .hint("add a public method retract with the parameters of accumulate");
            }
            if (updating && !java.isDeterministic()) {
                throw build.notSupported(
                                "aggregate function '" + java.name()
                                        + "' is not deterministic, and its results change here",
                                build.places().ofFunction(java.name().toUpperCase(Locale.ROOT)))
                        .why("what it gave could not be taken back")
                        .hint("aggregate over windows, which give each result once");
            }
        }
    }

    private static boolean keepsNulls(org.apache.calcite.rel.core.AggregateCall call) {
        SqlAggFunction function = call.getAggregation();
        if (function instanceof SqlJsonObjectAggAggFunction object) {
            return object.getNullClause() == SqlJsonConstructorNullClause.NULL_ON_NULL;
        }
        if (function instanceof SqlJsonArrayAggAggFunction array) {
            return array.getNullClause() == SqlJsonConstructorNullClause.NULL_ON_NULL;
        }
        return function instanceof JavaAggregateOperator
                || (function.getKind() == SqlKind.ARRAY_AGG && !call.ignoreNulls());
    }

    private SqlSpan placeOf(org.apache.calcite.rel.core.AggregateCall call) {
        return build.places().ofFunction(call.getAggregation().getName());
    }

    static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }
}
