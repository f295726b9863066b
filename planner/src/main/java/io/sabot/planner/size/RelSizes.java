package io.sabot.planner.size;

import io.sabot.catalog.Table;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Rows of relational trees. */
public final class RelSizes {
    private final Function<TableScan, Optional<Table>> tables;
    private final TableSizes sizes;

    /** @param tables the table of a scan whose size counts */
    public RelSizes(Function<TableScan, Optional<Table>> tables, TableSizes sizes) {
        this.tables = tables;
        this.sizes = sizes;
    }

    /** How many rows a tree gives. */
    public double rows(RelNode rel) {
        if (rel instanceof TableScan scan) {
            return tables.apply(scan).map(sizes::estimate).orElse(Double.NaN);
        }
        if (rel instanceof Values values) {
            return values.getTuples().size();
        }
        if (rel instanceof Filter filter) {
            return rows(filter.getInput()) * share(filter.getCondition(), filter.getInput());
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate.getGroupSet().isEmpty() ? 1 : Shares.groups(rows(aggregate.getInput()));
        }
        if (rel instanceof Sort sort && sort.fetch instanceof RexLiteral fetch) {
            return Math.min(
                    rows(sort.getInput()), RexLiteral.bigDecimalValue(fetch).doubleValue());
        }
        if (rel instanceof Join join) {
            return joined(join);
        }
        if (rel instanceof Union union) {
            return union.getInputs().stream().mapToDouble(this::rows).sum();
        }
        return rel instanceof Project || rel instanceof Sort ? rows(rel.getInput(0)) : Double.NaN;
    }

    /** How many there would be without filters: as many different keys there are. */
    public double base(RelNode rel) {
        return rel instanceof Filter || rel instanceof Project ? base(rel.getInput(0)) : rows(rel);
    }

    /** Whether no two rows are equal in columns. */
    public boolean isUnique(RelNode rel, ImmutableBitSet columns) {
        if (rel instanceof TableScan scan) {
            return tables.apply(scan).map(table -> isKey(table, columns)).orElse(false);
        }
        if (rel instanceof Project project) {
            ImmutableBitSet.Builder below = ImmutableBitSet.builder();
            for (int column : columns) {
                if (project.getProjects().get(column) instanceof RexInputRef ref) {
                    below.set(ref.getIndex());
                }
            }
            return isUnique(project.getInput(), below.build());
        }
        if (rel instanceof Aggregate aggregate) {
            return columns.contains(ImmutableBitSet.range(aggregate.getGroupCount()));
        }
        return (rel instanceof Filter || rel instanceof Sort) && isUnique(rel.getInput(0), columns);
    }

    private static boolean isKey(Table table, ImmutableBitSet columns) {
        return !table.primaryKey().isEmpty()
                && table.primaryKey().stream().allMatch(name -> {
                    int column = table.schema().indexOf(name).orElse(-1);
                    return column >= 0 && columns.get(column);
                });
    }

    /** The share of the rows of a tree for which a condition over its columns is true. */
    public double share(RexNode condition, RelNode rel) {
        return Shares.of(condition, column -> isUnique(rel, ImmutableBitSet.of(column)) ? base(rel) : 0);
    }

    private double joined(Join join) {
        double left = rows(join.getLeft());
        double right = rows(join.getRight());
        JoinInfo info = join.analyzeCondition();
        double leftKeys = different(join.getLeft(), info.leftSet());
        double rightKeys = different(join.getRight(), info.rightSet());
        double pairs = Shares.pairs(left, right, info.leftKeys.isEmpty() ? 0 : Math.max(leftKeys, rightKeys));
        return switch (join.getJoinType()) {
            case INNER, ASOF -> pairs;
            case LEFT, LEFT_ASOF -> Math.max(left, pairs);
            case RIGHT -> Math.max(right, pairs);
            case FULL -> Math.max(left + right, pairs);
            case SEMI, ANTI -> left * Shares.OTHER;
            case LEFT_MARK -> left;
        };
    }

    /** How many different values columns have. */
    public double different(RelNode rel, ImmutableBitSet columns) {
        return isUnique(rel, columns) ? base(rel) : base(rel) * Shares.DIFFERENT;
    }
}
