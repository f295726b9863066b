package io.sabot.benchmarks.jmh;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Catalogs;
import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.job.Connectors;
import io.sabot.parser.SqlParser;
import io.sabot.parser.statement.Query;
import io.sabot.planner.Planner;
import io.sabot.planner.QueryMode;
import io.sabot.planner.plan.PlanNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expressions over {@link Bids}, as the planner makes them of SQL. */
final class PlannedExpression {
    private PlannedExpression() {}

    /** The node that computes or filters in a query over table {@code bids} with all columns of {@link Bids#SCHEMA}. */
    static PlanNode.Calc of(String query) {
        Planner planner = new Planner(
                new OneTable(), Connectors.load(List.of(), List.of()).descriptors(), Map.of());
        return calc(planner.planQuery((Query) SqlParser.parse(query), QueryMode.SNAPSHOT)
                .sinks()
                .get(0));
    }

    private static PlanNode.Calc calc(PlanNode node) {
        return node instanceof PlanNode.Calc calc ? calc : calc(node.inputs().get(0));
    }

    /** Where the columns that the node reads stand in {@link Bids#SCHEMA}. */
    static int[] columns(Schema input) {
        return input.fields().stream()
                .mapToInt(field -> Bids.SCHEMA.indexOf(field.name()).orElseThrow())
                .toArray();
    }

    private static final class OneTable implements CatalogReader {
        private final Table bids = new Table(
                new ObjectName(currentCatalog(), currentDatabase(), "bids"),
                TableKind.TABLE,
                Bids.SCHEMA.fields().stream()
                        .<Column>map(field -> new Column.Physical(field.name(), field.type(), ""))
                        .toList(),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of("connector", "filesystem", "path", "bids.json", "format", "json"),
                "",
                false);

        @Override
        public String currentCatalog() {
            return Catalogs.DEFAULT_CATALOG;
        }

        @Override
        public String currentDatabase() {
            return Catalogs.DEFAULT_DATABASE;
        }

        @Override
        public List<String> catalogs() {
            return List.of(currentCatalog());
        }

        @Override
        public List<String> databases(String catalog) {
            return List.of(currentDatabase());
        }

        @Override
        public List<CatalogObject> objects(String catalog, String database) {
            return List.of(bids);
        }

        @Override
        public Optional<CatalogObject> find(ObjectName name) {
            return name.equals(bids.name()) ? Optional.of(bids) : Optional.empty();
        }
    }
}
