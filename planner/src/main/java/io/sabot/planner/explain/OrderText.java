package io.sabot.planner.explain;

import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.OrderNode;
import java.util.List;
import java.util.stream.Collectors;

/** What a node that knows an order does. */
final class OrderText {
    private OrderText() {}

    static String of(OrderNode node) {
        if (node instanceof OrderNode.Sort sort) {
            return by(sort.collations(), sort.schema())
                    + (sort.offset() > 0 ? " offset " + sort.offset() : "")
                    + (sort.fetch() >= 0 ? " first " + sort.fetch() : "");
        }
        if (node instanceof OrderNode.TimeSort sort) {
            return by(sort.collations(), sort.schema());
        }
        if (node instanceof OrderNode.Rank rank) {
            return " " + rank.function() + range(rank.from(), rank.to()) + partition(rank.partition(), rank.schema())
                    + by(rank.collations(), rank.schema());
        }
        if (node instanceof OrderNode.WindowRank rank) {
            return " " + rank.function() + range(rank.from(), rank.to()) + partition(rank.partition(), rank.schema())
                    + by(rank.collations(), rank.schema()) + (rank.latest() ? ", last to come" : "");
        }
        if (node instanceof OrderNode.Deduplicate keep) {
            String which = keep.collations().isEmpty()
                    ? keep.latest() ? " last to come" : " first to come"
                    : " first" + by(keep.collations(), keep.schema()) + (keep.latest() ? ", last to come" : "");
            return which + partition(keep.partition(), keep.schema());
        }
        throw new AssertionError(node);
    }

    private static String range(long from, long to) {
        if (to == Long.MAX_VALUE) {
            return from == 1 ? "" : " from " + from;
        }
        return from == 1 ? " up to " + to : " " + from + " to " + to;
    }

    private static String partition(List<Integer> columns, Schema schema) {
        return columns.isEmpty() ? "" : " per " + NodeText.names(columns, schema);
    }

    static String by(List<OrderNode.Collation> collations, Schema schema) {
        String order = collations.stream()
                .map(collation -> schema.name(collation.column())
                        + (collation.descending() ? " DESC" : "")
                        + (collation.nullsFirst() == collation.descending()
                                ? collation.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"
                                : ""))
                .collect(Collectors.joining(", "));
        return order.isEmpty() ? "" : " by " + order;
    }
}
