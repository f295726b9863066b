package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Frees sub-queries that expand a collection of the outer row from it: {@code UNNEST(o.list)} becomes the elements of all
 * different lists that outer rows have, of which those of the list that equals {@code o.list} are taken. What remains is a
 * correlation by equality, which decorrelation makes a join by the list.
 */
final class OuterCollections extends RelHomogeneousShuttle {
    private final Map<CorrelationId, RelNode> outerRows = new HashMap<>();

    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof Correlate correlate) {
            RelNode left = correlate.getLeft().accept(this);
            outerRows.put(correlate.getCorrelationId(), left);
            RelNode right = correlate.getRight().accept(this);
            return correlate.copy(correlate.getTraitSet(), List.of(left, right));
        }
        RexNode source = source(other);
        return source == null ? super.visit(other) : freed(other, source);
    }

    private static @Nullable RexNode source(RelNode rel) {
        if (rel instanceof Uncollect uncollect
                && uncollect.getInput() instanceof Project project
                && project.getInput() instanceof Values values
                && values.getTuples().size() == 1
                && project.getProjects().size() == 1) {
            return project.getProjects().get(0);
        }
        return rel instanceof TableFunctionScan scan && scan.getInputs().isEmpty() ? scan.getCall() : null;
    }

    /** Puts columns in place of the fields of outer rows that an expression reads; {@link OuterFieldColumns} came before. */
    private static final class OuterFields extends RexShuttle {
        private final Map<RexFieldAccess, Integer> columns = new LinkedHashMap<>();
        private final Set<CorrelationId> ids = new HashSet<>();

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (!(access.getReferenceExpr() instanceof RexCorrelVariable variable)) {
                return super.visitFieldAccess(access);
            }
            ids.add(variable.id);
            return new RexInputRef(columns.computeIfAbsent(access, key -> columns.size()), access.getType());
        }
    }

    private RelNode freed(RelNode expansion, RexNode source) {
        OuterFields outer = new OuterFields();
        RexNode overFields = source.accept(outer);
        RelNode rows =
                outer.ids.size() == 1 ? outerRows.get(outer.ids.iterator().next()) : null;
        if (rows == null || !RexUtil.isDeterministic(source)) {
            return expansion;
        }
        RelNode different = different(rows, List.copyOf(outer.columns.keySet()));
        RelDataType made = expansion.getRowType();
        int count = outer.columns.size();
        RexBuilder rex = expansion.getCluster().getRexBuilder();
        RelDataType rowType = rowType(different.getRowType(), made, rex);
        RelNode expanded = new ExpandRel(
                different,
                overFields,
                expansion instanceof Uncollect uncollect && uncollect.withOrdinality,
                false,
                IntStream.range(0, count).boxed().toList(),
                rex.makeLiteral(true),
                rowType);
        List<RexNode> equal = new ArrayList<>();
        outer.columns.forEach((field, column) -> equal.add(
                rex.makeCall(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, rex.makeInputRef(expanded, column), field)));
        RelNode own = LogicalFilter.create(expanded, RexUtil.composeConjunction(rex, equal));
        List<RexNode> columns = IntStream.range(0, made.getFieldCount())
                .mapToObj(column -> (RexNode) rex.makeInputRef(own, count + column))
                .toList();
        return LogicalProject.create(own, List.of(), columns, made.getFieldNames(), Set.of());
    }

    /** The different values of fields of outer rows. */
    private static RelNode different(RelNode rows, List<RexFieldAccess> fields) {
        RexBuilder rex = rows.getCluster().getRexBuilder();
        List<RexNode> columns = fields.stream()
                .map(field -> (RexNode) rex.makeInputRef(rows, field.getField().getIndex()))
                .toList();
        List<String> names =
                IntStream.range(0, fields.size()).mapToObj(i -> "$outer" + i).toList();
        RelNode values = LogicalProject.create(rows, List.of(), columns, names, Set.of());
        return LogicalAggregate.create(values, List.of(), ImmutableBitSet.range(fields.size()), null, List.of());
    }

    private static RelDataType rowType(RelDataType fields, RelDataType made, RexBuilder rex) {
        List<RelDataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelDataType row : List.of(fields, made)) {
            for (RelDataTypeField field : row.getFieldList()) {
                types.add(field.getType());
                names.add(field.getName());
            }
        }
        return rex.getTypeFactory().createStructType(types, SqlValidatorUtil.uniquify(names, true));
    }
}
