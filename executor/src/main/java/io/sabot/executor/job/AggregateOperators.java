package io.sabot.executor.job;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.aggregate.GroupAggregateOperator;
import io.sabot.executor.aggregate.GroupAggregateSpec;
import io.sabot.executor.aggregate.LocalGroupAggregateOperator;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.window.LocalWindowAggregateOperator;
import io.sabot.executor.window.RowWindowOperator;
import io.sabot.executor.window.SessionAggregateSpec;
import io.sabot.executor.window.SessionOperator;
import io.sabot.executor.window.UpdatingWindowOperator;
import io.sabot.executor.window.WindowAggregateOperator;
import io.sabot.executor.window.WindowAggregateSpec;
import io.sabot.executor.window.WindowColumn;
import io.sabot.executor.window.WindowTime;
import io.sabot.executor.window.Windows;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.WindowEmission;
import io.sabot.planner.plan.WindowSpec;
import java.util.List;

/** Turns aggregate nodes into operators. */
final class AggregateOperators {
    private AggregateOperators() {}

    static OperatorOpener create(AggregateNode node) {
        if (node instanceof AggregateNode.Window window) {
            return windowAggregate(window);
        }
        if (node instanceof AggregateNode.Group group) {
            return groupAggregate(group);
        }
        if (node instanceof AggregateNode.RowWindow window) {
            return context -> RowWindowOperator.aggregate(
                    window.size(),
                    window.keys(),
                    types(window.input().schema(), window.keys()),
                    aggregates(window.calls()),
                    window.schema(),
                    context);
        }
        if (node instanceof AggregateNode.RowWindowAssign window) {
            return context -> RowWindowOperator.assign(
                    window.size(),
                    window.keys(),
                    types(window.input().schema(), window.keys()),
                    window.schema(),
                    context);
        }
        throw new AssertionError(node);
    }

    private static OperatorOpener sessionAggregate(AggregateNode.Window node, WindowSpec.Session session) {
        return context -> SessionOperator.aggregate(
                new SessionAggregateSpec(
                        time(session, AggregatePhase.SINGLE),
                        session.gap(),
                        node.keys(),
                        types(node.input().schema(), node.keys()),
                        aggregates(node.calls()),
                        node.windowColumns().stream()
                                .map(AggregateOperators::column)
                                .toList(),
                        isRetracting(node.input()),
                        node.schema()),
                context);
    }

    private static OperatorOpener windowAggregate(AggregateNode.Window node) {
        if (node.window() instanceof WindowSpec.Session session) {
            return sessionAggregate(node, session);
        }
        WindowAggregateSpec spec = new WindowAggregateSpec(
                windows(node.window()),
                time(node.window(), node.phase()),
                node.keys(),
                types(node.input().schema(), node.keys()),
                aggregates(node.calls()),
                node.windowColumns().stream().map(AggregateOperators::column).toList(),
                isRetracting(node.input()),
                node.schema());
        WindowEmission emission = node.emission();
        if (!emission.isOnce()) {
            return context ->
                    new UpdatingWindowOperator(spec, emission.latenessMillis(), emission.earlyMillis(), context);
        }
        return switch (node.phase()) {
            case SINGLE -> context -> new WindowAggregateOperator(spec, false, context);
            case LOCAL -> context -> new LocalWindowAggregateOperator(spec, context);
            case GLOBAL -> context -> new WindowAggregateOperator(spec, true, context);
        };
    }

    static Windows windows(WindowSpec window) {
        if (window instanceof WindowSpec.Tumble tumble) {
            return Windows.tumble(tumble.size(), tumble.offset());
        }
        if (window instanceof WindowSpec.Hop hop) {
            return Windows.hop(hop.slide(), hop.size(), hop.offset());
        }
        if (window instanceof WindowSpec.Cumulate cumulate) {
            return Windows.cumulate(cumulate.step(), cumulate.size(), cumulate.offset());
        }
        if (window instanceof WindowSpec.Attached) {
            return Windows.tumble(1, 0);
        }
        throw new AssertionError(window);
    }

    static WindowTime time(WindowSpec window, AggregatePhase phase) {
        WindowTime.Carries carries = window instanceof WindowSpec.Attached
                ? WindowTime.Carries.WINDOW_END
                : phase == AggregatePhase.GLOBAL ? WindowTime.Carries.PANE_END : WindowTime.Carries.ROW_TIME;
        WindowSpec.Time time = window.time();
        return new WindowTime(carries, time.column(), time.domain(), time.zone(), time.offsetMillis());
    }

    private static WindowColumn column(io.sabot.planner.plan.WindowColumn column) {
        return switch (column) {
            case START -> WindowColumn.START;
            case END -> WindowColumn.END;
            case TIME -> WindowColumn.TIME;
            case PROCTIME -> WindowColumn.PROCTIME;
        };
    }

    private static OperatorOpener groupAggregate(AggregateNode.Group node) {
        boolean atEnd = node.info().stream().emitAtEnd();
        GroupAggregateSpec spec = new GroupAggregateSpec(
                node.keys(),
                types(node.input().schema(), node.keys()),
                aggregates(node.calls()),
                isRetracting(node.input()),
                atEnd,
                node.rowWhenEmpty(),
                node.schema());
        return switch (node.phase()) {
            case SINGLE -> context -> new GroupAggregateOperator(spec, false, context);
            case LOCAL -> context -> new LocalGroupAggregateOperator(spec, context);
            case GLOBAL -> context -> new GroupAggregateOperator(spec, true, context);
        };
    }

    private static List<AggregateSpec> aggregates(List<AggregateCall> calls) {
        return calls.stream().map(AggregateOperators::aggregate).toList();
    }

    static AggregateSpec aggregate(AggregateCall call) {
        return new AggregateSpec(
                call.function(),
                call.distinct(),
                call.arguments(),
                call.argumentTypes(),
                call.filter(),
                call.keepNulls(),
                call.type(),
                call.java());
    }

    private static List<DataType> types(Schema schema, List<Integer> columns) {
        return columns.stream().map(schema::type).toList();
    }

    private static boolean isRetracting(PlanNode input) {
        return input.info().stream().changelog() != ChangelogMode.APPEND_ONLY;
    }
}
