package io.sabot.planner.validate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** Columns without a table, to find the types of expressions over them. */
final class RowRelation extends AbstractTable {
    private final RelDataType row;

    RowRelation(RelDataType row) {
        this.row = row;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return row;
    }
}
