package io.sabot.planner.validate;

import io.sabot.catalog.ObjectName;
import io.sabot.catalog.View;
import io.sabot.planner.plan.CalciteTypes;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TemporalTable;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A view: its query takes its place. */
final class ViewRelation extends AbstractTable implements TranslatableTable, TemporalTable {
    private final View view;

    ViewRelation(View view) {
        this.view = view;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return CalciteTypes.toCalcite(view.schema(), factory);
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
        ObjectName name = view.name();
        RelNode query = context.expandView(
                        table.getRowType(),
                        view.querySql(),
                        List.of(name.catalog(), name.database()),
                        List.of(name.catalog(), name.database(), name.name()))
                .project();
        return RelOptUtil.createCastRel(query, table.getRowType(), true);
    }

    /** Any table may have versions, as far as the validator knows. */
    @Override
    public String getSysStartFieldName() {
        return "SYS_START";
    }

    @Override
    public String getSysEndFieldName() {
        return "SYS_END";
    }
}
