package io.sabot.planner.resolve;

import io.sabot.catalog.Column;
import io.sabot.catalog.Table;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.LikeClause;
import io.sabot.parser.statement.LikeClause.Feature;
import io.sabot.parser.statement.LikeClause.Strategy;
import io.sabot.parser.statement.Options;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code LIKE} takes over from a table: everything, own options first, unless the clause says otherwise. */
final class LikeMerge {
    private final Table base;
    private final LikeClause clause;
    private final Map<Feature, Strategy> strategies = new EnumMap<>(Feature.class);

    LikeMerge(Table base, LikeClause clause) {
        this.base = base;
        this.clause = clause;
        Strategy all = Strategy.INCLUDING;
        for (LikeClause.Rule rule : clause.rules()) {
            if (rule.feature() == Feature.ALL) {
                all = rule.strategy();
            } else {
                strategies.put(rule.feature(), rule.strategy());
            }
        }
        for (Feature feature : Feature.values()) {
            Strategy otherwise = all == Strategy.INCLUDING && feature == Feature.OPTIONS ? Strategy.OVERWRITING : all;
            strategies.putIfAbsent(feature, otherwise);
        }
    }

    boolean takes(Feature feature) {
        return strategies.get(feature) != Strategy.EXCLUDING;
    }

    Table base() {
        return base;
    }

    /** Columns of the other table, in front of those of the statement. */
    List<Column> columns() {
        return base.columns().stream()
                .filter(column -> column instanceof Column.Physical
                        || (column instanceof Column.Computed && takes(Feature.GENERATED))
                        || (column instanceof Column.Metadata && takes(Feature.METADATA)))
                .toList();
    }

    Map<String, String> options(Options own) {
        Map<String, String> options = new LinkedHashMap<>();
        if (takes(Feature.OPTIONS)) {
            options.putAll(base.options());
        }
        own.entries().forEach(entry -> {
            boolean twice = options.put(entry.key(), entry.value()) != null;
            if (twice && strategies.get(Feature.OPTIONS) == Strategy.INCLUDING) {
                throw SabotException.of(
                                ErrorCode.INVALID_OPTION,
                                "option '" + entry.key() + "' is in table '" + clause.table() + "' too")
                        .at(entry.keySpan())
                        .hint("write OVERWRITING OPTIONS behind LIKE");
            }
        });
        return options;
    }
}
