package io.sabot.planner.explain;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.LateRows;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StateTtl;
import io.sabot.planner.plan.WindowSpec;
import java.util.Optional;

/**
 * What keeps the state of a node from growing for ever.
 *
 * @param hint what a user can do when nothing does; else empty
 */
record StateBound(String text, String hint) {
    static Optional<StateBound> of(PlanNode node) {
        StateTtl kept = node.info().kept();
        if (kept.isForever()) {
            return withoutTtl(node);
        }
        return withoutTtl(node)
                .map(bound -> new StateBound(text(node, bound, kept), hasOpenSide(node, kept) ? bound.hint() : ""));
    }

    /** Whether a side of a join stays for ever. */
    private static boolean hasOpenSide(PlanNode node, StateTtl kept) {
        return node instanceof JoinNode.Regular && (kept.leftMillis() == 0 || kept.rightMillis() == 0);
    }

    private static String text(PlanNode node, StateBound bound, StateTtl kept) {
        String first = bound.text().equals("nothing") ? "" : bound.text() + ", ";
        String behind = " behind the last write";
        if (!(node instanceof JoinNode.Regular) || kept.leftMillis() == kept.rightMillis()) {
            return first + Durations.text(kept.leftMillis()) + behind;
        }
        return first + "left " + side(kept.leftMillis(), behind) + ", right " + side(kept.rightMillis(), behind);
    }

    private static String side(long millis, String behind) {
        return millis == 0 ? "for ever" : Durations.text(millis) + behind;
    }

    /** A late row may still let rows of EXISTS and NOT EXISTS in or out, so an interval does not bound them. */
    private static String hint(JoinKind kind) {
        return switch (kind) {
            case ANTI ->
                "LEFT JOIN … ON … AND b.ts BETWEEN a.ts AND a.ts + INTERVAL … WHERE b.key IS NULL asks the same but for late rows;"
                        + " or look in equal windows.";
            case SEMI -> "Look in equal windows only.";
            default -> "Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.";
        };
    }

    private static Optional<StateBound> withoutTtl(PlanNode node) {
        boolean ends = node.info().stream().bounded();
        if (node instanceof AggregateNode.Window window && window.phase() != AggregatePhase.LOCAL) {
            return Optional.of(new StateBound("until the watermark closes its windows", ""));
        }
        if (node instanceof AggregateNode.RowWindow || node instanceof AggregateNode.RowWindowAssign) {
            return Optional.of(new StateBound("number of keys", ""));
        }
        if (node instanceof PlanNode.WindowAssign assign && assign.window() instanceof WindowSpec.Session) {
            return Optional.of(new StateBound("until the watermark closes its windows", ""));
        }
        if (node instanceof LateRows late && late.window() instanceof WindowSpec.Session) {
            return Optional.of(new StateBound("until the watermark closes its windows", ""));
        }
        if (node instanceof JoinNode.Window) {
            return Optional.of(new StateBound("until the watermark closes its windows", ""));
        }
        if (node instanceof JoinNode.Interval join) {
            String what = join.domain() == TimeDomain.PROCESSING ? "the clock" : "the watermark";
            return Optional.of(new StateBound("until " + what + " passes the interval", ""));
        }
        if (node instanceof AggregateNode.Group group && group.phase() != AggregatePhase.LOCAL) {
            return Optional.of(new StateBound(group.keys().isEmpty() ? "one row" : "number of keys", ""));
        }
        if (node instanceof PlanNode.ChangelogNormalize) {
            return Optional.of(new StateBound("number of keys", ""));
        }
        if (node instanceof PlanNode.ChangelogCollect) {
            return Optional.of(new StateBound("all rows of the input", ""));
        }
        if (node instanceof JoinNode.Regular join) {
            return Optional.of(
                    ends ? new StateBound("all rows of the input", "") : new StateBound("nothing", hint(join.kind())));
        }
        if (node instanceof PlanNode.Remember) {
            return Optional.of(new StateBound("rows of the input at any one time", ""));
        }
        if (node instanceof PlanNode.UpsertMaterialize) {
            return Optional.of(new StateBound("rows of the result", ""));
        }
        if (node instanceof JoinNode.Lookup lookup) {
            if (lookup.remembers()) {
                return Optional.of(new StateBound("number of different left rows", ""));
            }
            return lookup.reading().retry().map(retry -> new StateBound("rows that wait to look again", ""));
        }
        if (node instanceof MatchNode match) {
            return Optional.of(matching(match, ends));
        }
        if (node instanceof JoinNode.Temporal) {
            return Optional.of(
                    new StateBound("left until the watermark, right the versions of each key since then", ""));
        }
        if (node instanceof JoinNode.SetOperation) {
            return Optional.of(new StateBound("number of different rows", ""));
        }
        if (node instanceof OrderNode order) {
            return order(order);
        }
        if (node instanceof OverNode over) {
            return Optional.of(over(over));
        }
        return Optional.empty();
    }

    private static Optional<StateBound> order(OrderNode node) {
        if (node instanceof OrderNode.Sort sort) {
            return sort.collations().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new StateBound(sort.fetch() >= 0 ? "rows of the limit" : "all rows of the input", ""));
        }
        if (node instanceof OrderNode.TimeSort) {
            return Optional.of(new StateBound("until the watermark passes its rows", ""));
        }
        if (node instanceof OrderNode.WindowRank) {
            return Optional.of(new StateBound("until the watermark closes its windows", ""));
        }
        if (node instanceof OrderNode.Rank rank) {
            return Optional.of(rankBound(rank));
        }
        return Optional.of(new StateBound("number of keys", ""));
    }

    private static StateBound over(OverNode node) {
        boolean ranged = !node.frame().rows() && node.frame().lower() != OverNode.Frame.UNBOUNDED_PRECEDING;
        boolean framed = node.calls().stream().allMatch(call -> call instanceof OverNode.Aggregate);
        return switch (node.when()) {
            case TIME, ARRIVAL ->
                new StateBound(ranged && framed ? "until the watermark passes the frame" : "number of keys", "");
            case END -> new StateBound("all rows of the input", "");
        };
    }

    private static StateBound rankBound(OrderNode.Rank rank) {
        boolean grows = rank.input().info().stream().changelog() == ChangelogMode.APPEND_ONLY;
        if (grows && rank.to() < Long.MAX_VALUE) {
            return new StateBound(rank.partition().isEmpty() ? "rows of the limit" : "number of keys", "");
        }
        return new StateBound("rows of the input at any one time", "");
    }

    private static StateBound matching(MatchNode match, boolean ends) {
        if (match.arrangement() == MatchNode.Arrangement.AT_END) {
            return new StateBound("all rows of the input", "");
        }
        if (match.within() > 0) {
            return new StateBound("until the watermark passes the length of a match", "");
        }
        return new StateBound(
                "rows of matches that are not complete",
                ends ? "" : "Add WITHIN INTERVAL … behind PATTERN: a match that is never completed is kept for ever.");
    }

    boolean isOpen() {
        return !hint.isEmpty();
    }

    /** Whether the node itself holds its rows back, rather than passing on what another did. */
    static boolean waitsForEnd(PlanNode node) {
        return (node instanceof AggregateNode.Group group && group.phase() != AggregatePhase.LOCAL)
                || node instanceof JoinNode.Regular
                || node instanceof JoinNode.SetOperation
                || node instanceof JoinNode.Temporal
                || node instanceof PlanNode.ChangelogNormalize
                || node instanceof PlanNode.ChangelogCollect
                || node instanceof OrderNode.Sort
                || (node instanceof OverNode over && over.when() == OverNode.When.END)
                || node instanceof OrderNode.Rank
                || (node instanceof OrderNode.Deduplicate keep
                        && !(keep.collations().isEmpty() && !keep.latest()))
                || (node instanceof MatchNode match && match.arrangement() == MatchNode.Arrangement.AT_END);
    }
}
