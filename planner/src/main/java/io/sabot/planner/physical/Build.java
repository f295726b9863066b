package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.NodeInfo;
import io.sabot.planner.plan.StateTtl;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.resolve.LateTable;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** What all steps of one translation share: names of nodes, types, options, and what is known about tables. */
final class Build {
    final PlanOptions options;
    final SqlFrontend frontend;
    final RexBuilder rex;
    /** What this translation finds out. */
    final TimeDemand demand = new TimeDemand();
    /** What the translation before found out; null in the first, which takes all for needed. */
    private final @Nullable TimeDemand known;

    private final boolean writes;
    private final Map<String, Integer> names = new HashMap<>();

    /** @param writes whether the plan writes tables */
    Build(PlanOptions options, SqlFrontend frontend, @Nullable TimeDemand known, boolean writes) {
        this.options = options;
        this.writes = writes;
        this.frontend = frontend;
        this.rex = frontend.cluster().getRexBuilder();
        this.known = known;
    }

    boolean isTimed(Table table) {
        boolean hasTime = table.watermark().isPresent() || !table.times().isEmpty();
        return hasTime && !options.noneLate() && (known == null || known.isTimed(table));
    }

    boolean isCut(Table table) {
        return known != null && known.isCut(table);
    }

    boolean isStepped(Table table) {
        return known != null && known.isStepped(table);
    }

    /** Whether an operator of the plan looks at every version of a table's rows. */
    boolean isHistory(Table table) {
        return known != null && known.isHistory(table);
    }

    /** The stream that takes the late rows of a table: where the table asks for it, and the plan drops some. */
    Optional<Table> lateTable(Table table) {
        return writes && LateTable.isAsked(table) && isTimed(table) && isCut(table)
                ? Optional.of(options.lateTables().apply(table))
                : Optional.empty();
    }

    /** A node's common part, named by its kind and a number. */
    NodeInfo info(String kind, Schema schema, StreamProperties stream) {
        int number = names.merge(kind, 1, Integer::sum);
        return new NodeInfo(kind + "-" + number, schema, stream, options.span());
    }

    /** As {@link #info}, of a node that keeps rows, or groups of them, of these inputs for as long as the statement says. */
    NodeInfo keeping(String kind, Schema schema, StreamProperties stream, Stage... inputs) {
        NodeInfo info = info(kind, schema, stream);
        StateTtl kept = options.atEnd() ? StateTtl.FOREVER : options.stateTtl().of(inputs);
        return new NodeInfo(info.name(), schema, stream, info.span(), kept);
    }

    /** Whether rows of a stage are kept for ever by an operator above it. */
    boolean keepsForever(Stage input) {
        return options.atEnd() || options.stateTtl().of(input).isForever();
    }

    Schema schema(RelNode rel) {
        return schema(rel.getRowType());
    }

    Schema schema(RelDataType row) {
        try {
            return CalciteTypes.toSchema(row);
        } catch (IllegalArgumentException e) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a column of this query has a type that cannot be computed")
                    .why(String.valueOf(e.getMessage()))
                    .at(options.span())
                    .causedBy(e);
        }
    }

    RelDataType row(Schema schema) {
        return CalciteTypes.toCalcite(schema, frontend.typeFactory());
    }

    /** References to these columns. */
    List<RexNode> refs(Schema schema, List<Integer> columns) {
        RelDataType row = row(schema);
        return columns.stream()
                .map(column -> (RexNode) RexInputRef.of(column, row))
                .toList();
    }

    /** A schema of fields with unique names: repeated ones get a number. */
    static Schema unique(List<Field> fields) {
        Map<String, Integer> seen = new HashMap<>();
        List<Field> renamed = new ArrayList<>();
        for (Field field : fields) {
            String name = field.name();
            int count = seen.merge(name, 1, Integer::sum);
            renamed.add(count == 1 ? field : new Field(name + (count - 2), field.type()));
        }
        return new Schema(renamed);
    }

    RelDataTypeFactory types() {
        return frontend.typeFactory();
    }

    /** Properties of append-only rows about which nothing more is known. */
    static StreamProperties plain(boolean bounded) {
        return new StreamProperties(ChangelogMode.APPEND_ONLY, List.of(), List.of(), bounded, false);
    }

    SabotException notSupported(String what) {
        return notSupported(what, options.span());
    }

    SabotException notSupported(String what, SqlSpan place) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what).at(place);
    }

    Places places() {
        return options.places();
    }
}
