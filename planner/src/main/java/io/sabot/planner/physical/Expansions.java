package io.sabot.planner.physical;

import io.sabot.planner.logical.ExpandRel;
import io.sabot.planner.plan.ExpandNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** UNNEST and table functions. A row that is taken back takes back the rows that were made of it. */
final class Expansions {
    private final Build build;

    Expansions(Build build) {
        this.build = build;
    }

    Stage expand(ExpandRel rel, Stage input) {
        checkRepeatable(rel, input);
        List<Integer> kept = rel.kept();
        StreamProperties in = input.stream();
        List<TimeColumn> times = in.times().stream()
                .filter(time -> kept.contains(time.column()))
                .map(time -> new TimeColumn(kept.indexOf(time.column()), time.domain(), time.offsetMillis()))
                .toList();
        StreamProperties stream = new StreamProperties(in.changelog(), List.of(), times, in.bounded(), in.emitAtEnd());
        Optional<RexNode> condition = rel.condition().isAlwaysTrue() ? Optional.empty() : Optional.of(rel.condition());
        PlanNode node = new ExpandNode(
                build.info("expand", build.schema(rel), stream),
                input.node(),
                kept,
                rel.source(),
                rel.ordinality(),
                rel.keepsEmpty(),
                condition);
        List<CarriedWindow> windows = input.windows().stream()
                .map(window -> new CarriedWindow(
                        window.kind(),
                        kept.indexOf(window.start()),
                        kept.indexOf(window.end()),
                        kept.indexOf(window.time())))
                .filter(window -> window.end() >= 0)
                .toList();
        return new Stage(node, input.distribution().mapped(kept), windows, input.sources());
    }

    private void checkRepeatable(ExpandRel rel, Stage input) {
        if (!input.isAppendOnly()
                && !(RexUtil.isDeterministic(rel.source()) && RexUtil.isDeterministic(rel.condition()))) {
            throw build.notSupported("a function whose value differs each time cannot stand over rows that change")
                    .why("a row that is taken back could not be computed as it was given");
        }
    }
}
