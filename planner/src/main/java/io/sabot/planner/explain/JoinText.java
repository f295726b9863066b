package io.sabot.planner.explain;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.JoinKeys;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.LookupReading;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.VersionMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexNode;

/** What a join does, behind its name. */
final class JoinText {
    private JoinText() {}

    static String of(JoinNode node) {
        Schema left = node.inputs().get(0).schema();
        PlanNode other = node instanceof JoinNode.Lookup lookup
                ? lookup.table()
                : node.inputs().get(1);
        Schema right = told(left, other.schema());
        if (node instanceof JoinNode.Regular join) {
            return " " + join.kind() + keys(join.keys(), left, right) + condition(join.condition(), left, right);
        }
        if (node instanceof JoinNode.Interval join) {
            String leftTime = left.name(join.leftTime());
            String rightTime = right.name(join.rightTime());
            return " " + join.kind() + keys(join.keys(), left, right) + " where " + leftTime + " from " + rightTime
                    + bound(join.lowerMillis()) + " to " + rightTime + bound(join.upperMillis())
                    + (join.domain() == TimeDomain.PROCESSING ? " by processing time" : "")
                    + condition(join.condition(), left, right);
        }
        if (node instanceof JoinNode.Window join) {
            return " " + join.kind() + keys(join.keys(), left, right) + " in windows ending at "
                    + left.name(join.leftEnd()) + " = " + right.name(join.rightEnd())
                    + condition(join.condition(), left, right);
        }
        if (node instanceof JoinNode.Lookup join) {
            return " " + join.kind() + keys(join.keys(), left, right) + condition(join.condition(), left, right)
                    + " table" + source(join.table()) + ", read " + reading(join.reading());
        }
        if (node instanceof JoinNode.Temporal join) {
            return " " + join.kind() + keys(join.keys(), left, right) + " where "
                    + right.name(join.rightTime()) + " is the nearest " + match(join.match()) + " "
                    + left.name(join.leftTime()) + condition(join.condition(), left, right);
        }
        if (node instanceof JoinNode.SetOperation set) {
            return " " + set.kind().sql() + " " + NodeText.names(left);
        }
        throw new AssertionError(node);
    }

    private static String reading(LookupReading reading) {
        String when = reading.cache()
                .map(JoinText::cache)
                .orElseGet(() -> reading.reloadMillis() == LookupReading.NEVER
                        ? "once"
                        : "every " + Durations.text(reading.reloadMillis()));
        return when
                + reading.retry()
                        .map(retry -> "; rows without a partner look again after "
                                + Durations.text(retry.delayMillis()) + ", " + retry.attempts() + " times"
                                + (retry.anew() ? ", in what the table holds then" : ""))
                        .orElse("");
    }

    private static String cache(LookupReading.Cache cache) {
        List<String> bounds = new ArrayList<>();
        if (cache.afterWriteMillis() != LookupReading.NEVER) {
            bounds.add(Durations.text(cache.afterWriteMillis()));
        }
        if (cache.afterAccessMillis() != LookupReading.NEVER) {
            bounds.add(Durations.text(cache.afterAccessMillis()) + " without use");
        }
        if (cache.maxRows() != LookupReading.NEVER) {
            bounds.add(cache.maxRows() + " rows");
        }
        return "by key, kept for " + (bounds.isEmpty() ? "ever" : String.join(", ", bounds))
                + (cache.missingKeys() ? "" : ", missing keys not");
    }

    /** The right columns, a name that the left has too with a zero behind it, as in the output. */
    private static Schema told(Schema left, Schema right) {
        return new Schema(right.fields().stream()
                .map(field ->
                        left.indexOf(field.name()).isPresent() ? new Field(field.name() + "0", field.type()) : field)
                .toList());
    }

    private static String source(PlanNode table) {
        return table instanceof PlanNode.Calc calc ? NodeText.of(calc.input()) + NodeText.of(calc) : NodeText.of(table);
    }

    private static String match(VersionMatch match) {
        return switch (match) {
            case AT_OR_BEFORE -> "at or before";
            case BEFORE -> "before";
            case AT_OR_AFTER -> "at or after";
            case AFTER -> "after";
        };
    }

    private static String bound(long millis) {
        return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE ? " (any)" : Durations.signed(millis);
    }

    private static String keys(JoinKeys keys, Schema left, Schema right) {
        return IntStream.range(0, keys.left().size())
                .mapToObj(i -> left.name(keys.left().get(i))
                        + (keys.nullSafe().get(i) ? " IS NOT DISTINCT FROM " : " = ")
                        + right.name(keys.right().get(i)))
                .collect(Collectors.joining(", ", " on (", ")"));
    }

    private static String condition(Optional<RexNode> condition, Schema left, Schema right) {
        List<String> names = new ArrayList<>(NodeText.names(left));
        names.addAll(NodeText.names(right));
        return condition
                .map(node -> " and " + new ExpressionText(names).of(node))
                .orElse("");
    }
}
