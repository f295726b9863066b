package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.OnConflict;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.jspecify.annotations.Nullable;

/** Builds the plan of a statement from its optimised trees. */
public final class PlanBuilder {
    private final PlanOptions options;
    private final SqlFrontend frontend;

    /** For one statement. */
    public PlanBuilder(PlanOptions options, SqlFrontend frontend) {
        this.options = options;
        this.frontend = frontend;
    }

    /**
     * Where the rows of a tree go.
     *
     * @param names of the columns, as the client or the table knows them
     * @param target the table that is written; empty for the client
     * @param changes whether the client sees changes
     * @param onConflict what becomes of several rows for one key of the table
     */
    public record Output(
            RelNode rel,
            List<String> names,
            Optional<Table> target,
            boolean overwrite,
            boolean changes,
            OnConflict onConflict) {
        public Output {
            names = List.copyOf(names);
        }

        /** Rows that nothing is said of where their keys meet. */
        public Output(RelNode rel, List<String> names, Optional<Table> target, boolean overwrite, boolean changes) {
            this(rel, names, target, overwrite, changes, OnConflict.NONE);
        }
    }

    /** The plan. It is made twice: only then is it known which tables must bring time. */
    public Plan build(List<Output> outputs) {
        TimeDemand demand = new TimeDemand();
        boolean writes = outputs.stream().anyMatch(output -> output.target().isPresent());
        try {
            translate(outputs, new Build(options, frontend, null, writes), demand);
            return translate(outputs, new Build(options, frontend, demand, writes), null);
        } catch (SabotException e) {
            throw e.at(options.span()); // no better place is known
        }
    }

    private Plan translate(List<Output> outputs, Build build, @Nullable TimeDemand into) {
        PhysicalPlanner planner = new PhysicalPlanner(build);
        outputs.forEach(output -> planner.collect(output.rel()));
        Sinks sinks = new Sinks(build);
        List<PlanNode> nodes = new ArrayList<>();
        for (Output output : outputs) {
            nodes.add(sinks.sink(output, planner.translate(output.rel())));
        }
        if (into != null) {
            into.addAll(build.demand);
        } else {
            nodes.addAll(planner.lateSinks(nodes));
        }
        return new Plan(
                nodes, nodes.stream().allMatch(node -> node.info().stream().bounded()));
    }

    /** Whether a tree ends by itself after some rows: a LIMIT without order over rows that come one by one, above each table. */
    public static boolean isLimited(RelNode rel) {
        if (rel instanceof Sort sort
                && sort.fetch != null
                && sort.getCollation().getFieldCollations().isEmpty()
                && isPerRow(sort.getInput())) {
            return true;
        }
        return rel instanceof Values
                || (!rel.getInputs().isEmpty() && rel.getInputs().stream().allMatch(PlanBuilder::isLimited));
    }

    private static boolean isPerRow(RelNode rel) {
        boolean perRow = rel instanceof Project
                || rel instanceof Filter
                || rel instanceof TableScan
                || (rel instanceof Union union && union.all);
        return perRow && rel.getInputs().stream().allMatch(PlanBuilder::isPerRow);
    }

    /** The table that a scan reads, with the options of its hint. */
    public static Table table(TableScan scan) {
        return Scans.table(scan);
    }

    /** Tables that a tree reads. */
    public static Set<Table> tables(RelNode rel) {
        Set<Table> tables = new LinkedHashSet<>();
        collect(rel, tables);
        return tables;
    }

    private static void collect(RelNode rel, Set<Table> tables) {
        if (rel instanceof TableScan scan) {
            tables.add(Scans.table(scan));
        }
        rel.getInputs().forEach(input -> collect(input, tables));
    }
}
