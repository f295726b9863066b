package io.sabot.planner.explain;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.planner.plan.PlanNode;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Tells scans that ask for the row of one key: the engine finds it in the index of the table and reads nothing else. The
 * rule is that of {@code executor.storage}, which decides.
 */
final class KeyLookup {
    private KeyLookup() {}

    static boolean applies(PlanNode.SourceScan scan) {
        List<String> key = scan.table().primaryKey();
        return scan.table().connector().isEmpty()
                && scan.ends()
                && scan.eventTime().isEmpty()
                && !key.isEmpty()
                && key.stream()
                        .allMatch(column -> scan.pushedFilter().stream().anyMatch(test -> fixes(scan, column, test)));
    }

    private static boolean fixes(PlanNode.SourceScan scan, String column, RexNode test) {
        if (!test.isA(SqlKind.EQUALS) || !(test instanceof RexCall call)) {
            return false;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        return (isColumn(scan, column, left) && right instanceof RexLiteral)
                || (isColumn(scan, column, right) && left instanceof RexLiteral);
    }

    private static boolean isColumn(PlanNode.SourceScan scan, String column, RexNode node) {
        return node instanceof RexInputRef ref
                && scan.columns().get(ref.getIndex()) instanceof ScanColumn.Physical physical
                && physical.path().equals(List.of(column));
    }
}
