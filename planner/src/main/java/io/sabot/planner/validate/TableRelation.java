package io.sabot.planner.validate;

import io.sabot.catalog.Table;
import io.sabot.planner.plan.CalciteTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TemporalTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table of the catalog as the validator sees it: all its columns, computed ones too. */
public final class TableRelation extends AbstractTable implements TemporalTable {
    private final Table table;

    TableRelation(Table table) {
        this.table = table;
    }

    /** The catalog's object. */
    public Table table() {
        return table;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return CalciteTypes.toCalcite(table.schema(), factory);
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
