package io.sabot.planner.logical;

import io.sabot.catalog.Column;
import io.sabot.catalog.Table;
import io.sabot.planner.validate.TableRelation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Keeps outer rows together whose values differ each time they are computed and are read by a sub-query: decorrelation joins
 * the rows with their own values, which must be the same on both sides.
 */
final class OuterRowsOnce extends RelHomogeneousShuttle {
    private static final Pattern WORDS = Pattern.compile("\\W+");
    /** What expressions of computed columns call, where they stand as text still. */
    private static final Set<String> CHANGING = Set.of(
            "RAND",
            "RAND_INTEGER",
            "UUID",
            "PROCTIME",
            "NOW",
            "CURRENT_TIMESTAMP",
            "CURRENT_ROW_TIMESTAMP",
            "CURRENT_TIME",
            "CURRENT_DATE",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "UNIX_TIMESTAMP",
            "CURRENT_WATERMARK");

    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (!(visited instanceof Correlate correlate)
                || !RelOptUtil.getVariablesUsed(correlate.getLeft()).isEmpty()
                || correlate.getRequiredColumns().asList().stream()
                        .noneMatch(column -> isChanging(correlate.getLeft(), column))) {
            return visited;
        }
        RelNode once = new OnceRel(correlate.getLeft());
        return correlate.copy(correlate.getTraitSet(), List.of(once, correlate.getRight()));
    }

    /** Whether a column is not the same when it is computed again, or not in the same rows. */
    private static boolean isChanging(RelNode rel, int column) {
        if (rel instanceof Project project) {
            RexNode node = project.getProjects().get(column);
            return !RexUtil.isDeterministic(node)
                    || RelOptUtil.InputFinder.bits(node).asList().stream()
                            .anyMatch(below -> isChanging(project.getInput(), below));
        }
        if (rel instanceof Filter filter) {
            return !RexUtil.isDeterministic(filter.getCondition()) || isChanging(filter.getInput(), column);
        }
        if (rel instanceof Join join) {
            int columns = join.getLeft().getRowType().getFieldCount();
            return !RexUtil.isDeterministic(join.getCondition())
                    || (column < columns
                            ? isChanging(join.getLeft(), column)
                            : column - columns < join.getRight().getRowType().getFieldCount()
                                    && isChanging(join.getRight(), column - columns));
        }
        TableRelation table = rel instanceof TableScan scan ? scan.getTable().unwrap(TableRelation.class) : null;
        return table != null && isChanging(table.table(), column);
    }

    private static boolean isChanging(Table table, int column) {
        return table.columns().get(column) instanceof Column.Computed computed
                && WORDS.splitAsStream(computed.expressionSql().toUpperCase(Locale.ROOT))
                        .anyMatch(CHANGING::contains);
    }
}
