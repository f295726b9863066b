package io.sabot.executor.job;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.NodeInfo;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Plans written by hand, as a test of the runtime needs them: one BIGINT column {@code n} that counts from 0. */
final class HandMadePlans {
    static final Schema NUMBERS = Schema.of(new Field("n", AtomicType.BIGINT.withNullable(false)));

    private static final RexBuilder REX = new RexBuilder(new JavaTypeFactoryImpl());
    private static final RelDataType BIGINT = REX.getTypeFactory().createSqlType(SqlTypeName.BIGINT);

    private HandMadePlans() {}

    private static NodeInfo info(String name) {
        return new NodeInfo(
                name,
                NUMBERS,
                new StreamProperties(ChangelogMode.APPEND_ONLY, List.of(), List.of(), true, true),
                new SqlSpan(1, 1, 1, 10));
    }

    static PlanNode.Values numbers(int count) {
        List<List<RexLiteral>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(List.of((RexLiteral) REX.makeLiteral(BigDecimal.valueOf(i), BIGINT, false)));
        }
        return new PlanNode.Values(info("values"), rows);
    }

    /** Keeps {@code n > bound}. */
    static PlanNode.Calc above(String name, PlanNode input, long bound) {
        RexNode condition = REX.makeCall(
                SqlStdOperatorTable.GREATER_THAN, column(), REX.makeLiteral(BigDecimal.valueOf(bound), BIGINT, false));
        return new PlanNode.Calc(info(name), input, Optional.of(condition), List.of(column()));
    }

    /** Computes {@code 10 / n}, which fails for 0. */
    static PlanNode.Calc tenDividedBy(PlanNode input) {
        RexNode quotient =
                REX.makeCall(SqlStdOperatorTable.DIVIDE, REX.makeLiteral(BigDecimal.TEN, BIGINT, false), column());
        return new PlanNode.Calc(info("divide"), input, Optional.empty(), List.of(quotient));
    }

    static PlanNode exchange(PlanNode input, Integer... keys) {
        return new PlanNode.Exchange(info("exchange"), input, List.of(keys));
    }

    static PlanNode union(PlanNode... inputs) {
        return union("union", inputs);
    }

    static PlanNode union(String name, PlanNode... inputs) {
        return new PlanNode.Union(info(name), List.of(inputs));
    }

    static Plan toClient(PlanNode input) {
        return new Plan(List.of(new PlanNode.ClientSink(info("client"), input, List.of(), false)), true);
    }

    /** Writes to the sink of a connector. */
    static Plan toTable(String connector, PlanNode input) {
        return toTable(Map.of("connector", connector), input);
    }

    /** Writes to a table with these options. */
    static Plan toTable(Map<String, String> options, PlanNode input) {
        Table table = new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                List.of(new Column.Physical("n", AtomicType.BIGINT, "")),
                List.of(),
                Optional.empty(),
                List.of(),
                options,
                "",
                false);
        return new Plan(List.of(new PlanNode.TableSink(info("sink"), input, table, List.of(), false, false)), true);
    }

    private static RexNode column() {
        return REX.makeInputRef(BIGINT, 0);
    }
}
