package io.sabot.planner.explain;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.JoinKeys;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.WindowColumn;
import io.sabot.planner.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexNode;

/** What one node does, behind its name. */
final class NodeText {
    private NodeText() {}

    static String of(PlanNode node) {
        if (node instanceof PlanNode.SourceScan scan) {
            return scan(scan);
        }
        if (node instanceof PlanNode.Values values) {
            return " rows=" + values.rows().size() + " " + columns(values.schema());
        }
        if (node instanceof PlanNode.Calc calc) {
            return calc(calc);
        }
        if (node instanceof PlanNode.Union || node instanceof PlanNode.ClientSink) {
            return " " + columns(node.schema());
        }
        if (node instanceof PlanNode.Exchange exchange) {
            return exchange.keys().isEmpty() ? " to one task" : " by hash " + names(exchange.keys(), exchange.schema());
        }
        if (node instanceof PlanNode.WindowAssign assign) {
            return " " + window(assign.window(), assign.input().schema());
        }
        if (node instanceof PlanNode.WindowAggregate aggregate) {
            return windowAggregate(aggregate);
        }
        if (node instanceof PlanNode.GroupAggregate aggregate) {
            return " by " + names(aggregate.keys(), aggregate.input().schema())
                    + calls(aggregate.calls(), aggregate.input().schema(), aggregate.phase());
        }
        if (node instanceof PlanNode.Sort sort) {
            return sort(sort);
        }
        if (node instanceof PlanNode.ChangelogNormalize normalize) {
            return " by " + names(normalize.keys(), normalize.schema());
        }
        if (node instanceof PlanNode.TableSink sink) {
            return " " + sink.table().name() + " " + columns(sink.schema()) + (sink.overwrite() ? " overwrite" : "");
        }
        return join(node);
    }

    private static String join(PlanNode node) {
        Schema left = node.inputs().get(0).schema();
        Schema right = told(left, node.inputs().get(1).schema());
        if (node instanceof PlanNode.Join join) {
            return " " + join.kind() + keys(join.keys(), left, right) + condition(join.condition(), left, right);
        }
        if (node instanceof PlanNode.IntervalJoin join) {
            String leftTime = left.name(join.leftTime());
            String rightTime = right.name(join.rightTime());
            return " " + join.kind() + keys(join.keys(), left, right) + " where " + leftTime + " from " + rightTime
                    + bound(join.lowerMillis()) + " to " + rightTime + bound(join.upperMillis())
                    + condition(join.condition(), left, right);
        }
        if (node instanceof PlanNode.WindowJoin join) {
            return " " + join.kind() + keys(join.keys(), left, right) + " in windows ending at "
                    + left.name(join.leftEnd()) + " = " + right.name(join.rightEnd())
                    + condition(join.condition(), left, right);
        }
        throw new AssertionError(node);
    }

    /** The right columns, a name that the left has too with a zero behind it, as in the output. */
    private static Schema told(Schema left, Schema right) {
        return new Schema(right.fields().stream()
                .map(field ->
                        left.indexOf(field.name()).isPresent() ? new Field(field.name() + "0", field.type()) : field)
                .toList());
    }

    private static String bound(long millis) {
        return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE ? " (any)" : Durations.signed(millis);
    }

    private static String scan(PlanNode.SourceScan scan) {
        StringBuilder text = new StringBuilder(" ").append(scan.table().name());
        text.append(scan.columns().stream().map(ScanColumn::label).collect(Collectors.joining(", ", " [", "]")));
        ExpressionText expressions = new ExpressionText(names(scan.schema()));
        if (!scan.pushedFilter().isEmpty()) {
            text.append(" filter ")
                    .append(scan.pushedFilter().stream().map(expressions::of).collect(Collectors.joining(" AND ")));
        }
        scan.eventTime().ifPresent(time -> {
            text.append(" rowtime ").append(expressions.of(time.timestamp()));
            text.append(" watermark ").append(expressions.of(time.watermark()));
            if (time.idleTimeoutMillis() > 0) {
                text.append(" idle after ").append(Durations.text(time.idleTimeoutMillis()));
            }
        });
        text.append(scan.cutLate() ? " cut late rows" : "");
        text.append(scan.ends() ? " to its present end" : scan.info().stream().bounded() ? " to its end" : "");
        return text.toString();
    }

    private static String calc(PlanNode.Calc calc) {
        ExpressionText expressions = new ExpressionText(names(calc.input().schema()));
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < calc.projections().size(); i++) {
            String expression = expressions.of(calc.projections().get(i));
            String name = calc.schema().name(i);
            outputs.add(expression.equals(name) ? name : name + "=" + expression);
        }
        return " [" + String.join(", ", outputs) + "]"
                + calc.condition()
                        .map(condition -> " where " + expressions.of(condition))
                        .orElse("");
    }

    private static String windowAggregate(PlanNode.WindowAggregate aggregate) {
        Schema input = aggregate.input().schema();
        String asked = aggregate.windowColumns().isEmpty()
                ? ""
                : aggregate.windowColumns().stream()
                        .map(WindowColumn::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", " with ", ""));
        return " by " + names(aggregate.keys(), input) + " " + window(aggregate.window(), input)
                + calls(aggregate.calls(), input, aggregate.phase()) + asked;
    }

    static String window(WindowSpec window, Schema input) {
        WindowSpec.Time time = window.time();
        String column = input.name(time.column());
        if (window instanceof WindowSpec.Attached attached) {
            return lengths(attached.windows()) + " ending at " + column;
        }
        String keys =
                window instanceof WindowSpec.Session session ? " per " + names(session.partitionKeys(), input) : "";
        String zone = "Z".equals(time.zone().getId()) ? "" : " in " + time.zone();
        return lengths(window) + keys + " on " + column + zone;
    }

    private static String lengths(WindowSpec window) {
        if (window instanceof WindowSpec.Tumble tumble) {
            return "TUMBLE " + Durations.text(tumble.size()) + offset(tumble.offset());
        }
        if (window instanceof WindowSpec.Hop hop) {
            return "HOP " + Durations.text(hop.size()) + " every " + Durations.text(hop.slide()) + offset(hop.offset());
        }
        if (window instanceof WindowSpec.Cumulate cumulate) {
            return "CUMULATE " + Durations.text(cumulate.size()) + " in steps of " + Durations.text(cumulate.step())
                    + offset(cumulate.offset());
        }
        if (window instanceof WindowSpec.Session session) {
            return "SESSION gap " + Durations.text(session.gap());
        }
        return lengths(((WindowSpec.Attached) window).windows());
    }

    private static String offset(long millis) {
        return millis == 0 ? "" : " offset " + Durations.text(millis);
    }

    private static String calls(List<AggregateCall> calls, Schema input, AggregatePhase phase) {
        String suffix =
                phase == AggregatePhase.SINGLE ? "" : " (" + phase.name().toLowerCase(Locale.ROOT) + ")";
        return calls.stream().map(call -> call(call, input, phase)).collect(Collectors.joining(", ", " [", "]"))
                + suffix;
    }

    private static String call(AggregateCall call, Schema input, AggregatePhase phase) {
        boolean global = phase == AggregatePhase.GLOBAL;
        String arguments = call.arguments().isEmpty()
                ? "*"
                : global ? "…" : call.arguments().stream().map(input::name).collect(Collectors.joining(", "));
        String filter = call.filter() < 0 || global ? "" : " filter " + input.name(call.filter());
        return call.name() + "=" + call.function() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")"
                + filter;
    }

    private static String sort(PlanNode.Sort sort) {
        String order = sort.collations().stream()
                .map(collation -> sort.schema().name(collation.column())
                        + (collation.descending() ? " DESC" : "")
                        + (collation.nullsFirst() == collation.descending()
                                ? collation.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"
                                : ""))
                .collect(Collectors.joining(", "));
        return (order.isEmpty() ? "" : " by " + order)
                + (sort.offset() > 0 ? " offset " + sort.offset() : "")
                + (sort.fetch() >= 0 ? " first " + sort.fetch() : "");
    }

    private static String keys(JoinKeys keys, Schema left, Schema right) {
        return IntStream.range(0, keys.left().size())
                .mapToObj(i -> left.name(keys.left().get(i))
                        + (keys.nullSafe().get(i) ? " IS NOT DISTINCT FROM " : " = ")
                        + right.name(keys.right().get(i)))
                .collect(Collectors.joining(", ", " on (", ")"));
    }

    private static String condition(Optional<RexNode> condition, Schema left, Schema right) {
        List<String> names = new ArrayList<>(names(left));
        names.addAll(names(right));
        return condition
                .map(node -> " and " + new ExpressionText(names).of(node))
                .orElse("");
    }

    private static String columns(Schema schema) {
        return "[" + String.join(", ", names(schema)) + "]";
    }

    private static List<String> names(Schema schema) {
        return schema.fields().stream().map(Field::name).toList();
    }

    static String names(List<Integer> columns, Schema schema) {
        return columns.stream().map(schema::name).collect(Collectors.joining(", ", "(", ")"));
    }
}
