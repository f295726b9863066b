package io.sabot.planner.explain;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.ExpandNode;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.LateRows;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
        if (node instanceof PlanNode.Remember remember) {
            return " [" + outputs(remember.input().schema(), remember.projections(), remember.schema()) + "]";
        }
        if (node instanceof PlanNode.Union
                || node instanceof PlanNode.ChangelogCollect
                || node instanceof PlanNode.ClientSink) {
            return " " + columns(node.schema());
        }
        if (node instanceof PlanNode.Exchange exchange) {
            return exchange.keys().isEmpty() ? " to one task" : " by hash " + names(exchange.keys(), exchange.schema());
        }
        if (node instanceof PlanNode.WindowAssign assign) {
            return " " + AggregateText.window(assign.window(), assign.input().schema());
        }
        if (node instanceof AggregateNode aggregate) {
            return AggregateText.of(aggregate);
        }
        if (node instanceof JoinNode join) {
            return JoinText.of(join);
        }
        if (node instanceof OrderNode order) {
            return OrderText.of(order);
        }
        if (node instanceof ExpandNode expand) {
            return expand(expand);
        }
        if (node instanceof MatchNode match) {
            return MatchText.of(match);
        }
        if (node instanceof LateRows late) {
            return " behind " + AggregateText.window(late.window(), late.input().schema());
        }
        if (node instanceof OverNode over) {
            return OverText.of(over);
        }
        if (node instanceof PlanNode.ChangelogNormalize normalize) {
            return " by " + names(normalize.keys(), normalize.schema());
        }
        if (node instanceof PlanNode.UpsertMaterialize materialize) {
            return " " + materialize.conflict() + " by " + names(materialize.keys(), materialize.schema());
        }
        if (node instanceof PlanNode.TableSink sink) {
            return " " + sink.table().name() + " " + columns(sink.schema()) + (sink.overwrite() ? " overwrite" : "");
        }
        throw new AssertionError(node);
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
            time.ofRows()
                    .ifPresentOrElse(
                            row -> text.append(" rowtime ")
                                    .append(expressions.of(row.timestamp()))
                                    .append(" watermark ")
                                    .append(expressions.of(row.watermark())),
                            () -> text.append(" rowtime ").append(times(scan)).append(" watermark of the view"));
            if (time.idleTimeoutMillis() > 0) {
                text.append(" idle after ").append(Durations.text(time.idleTimeoutMillis()));
            }
        });
        text.append(scan.cutLate() ? " cut late rows" : "");
        if (KeyLookup.applies(scan)) {
            return text.append(" by key").toString();
        }
        text.append(scan.ends() ? " to its present end" : scan.info().stream().bounded() ? " to its end" : "");
        return text.toString();
    }

    private static String times(PlanNode.SourceScan scan) {
        return scan.info().stream().times().stream()
                .map(time -> scan.schema().name(time.column()))
                .collect(Collectors.joining(", "));
    }

    private static String calc(PlanNode.Calc calc) {
        ExpressionText expressions = new ExpressionText(names(calc.input().schema()));
        return " [" + outputs(calc.input().schema(), calc.projections(), calc.schema()) + "]"
                + calc.condition()
                        .map(condition -> " where " + expressions.of(condition))
                        .orElse("");
    }

    private static String outputs(Schema input, List<RexNode> projections, Schema output) {
        ExpressionText expressions = new ExpressionText(names(input));
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            String expression = expressions.of(projections.get(i));
            String name = output.name(i);
            outputs.add(expression.equals(name) ? name : name + "=" + expression);
        }
        return String.join(", ", outputs);
    }

    private static String expand(ExpandNode expand) {
        return " " + new ExpressionText(names(expand.input().schema())).of(expand.source())
                + (expand.ordinality() ? " with ordinality" : "")
                + (expand.keepsEmpty() ? " or NULLs" : "")
                + " " + columns(expand.schema())
                + expand.condition()
                        .map(condition -> " where " + new ExpressionText(names(expand.schema())).of(condition))
                        .orElse("");
    }

    private static String columns(Schema schema) {
        return "[" + String.join(", ", names(schema)) + "]";
    }

    static List<String> names(Schema schema) {
        return schema.fields().stream().map(Field::name).toList();
    }

    static String names(List<Integer> columns, Schema schema) {
        return columns.stream().map(schema::name).collect(Collectors.joining(", ", "(", ")"));
    }
}
