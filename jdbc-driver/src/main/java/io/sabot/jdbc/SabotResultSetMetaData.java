package io.sabot.jdbc;

import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;

/** Columns as SQL declares them, also where their values travel as text. */
final class SabotResultSetMetaData extends AvaticaResultSetMetaData {
    private final Meta.Signature signature;

    SabotResultSetMetaData(AvaticaStatement statement, Meta.Signature signature) {
        super(statement, null, signature);
        this.signature = signature;
    }

    private TemporalKind kind(int column) throws SQLException {
        if (column < 1 || column > signature.columns.size()) {
            throw Failures.of("22023", "there is no column " + column + " in a result of " + signature.columns.size());
        }
        return TemporalKind.of(signature.columns.get(column - 1));
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return kind(column) == TemporalKind.LOCAL_TEXT ? Types.TIMESTAMP : super.getColumnType(column);
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        kind(column);
        return super.getColumnTypeName(column);
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        return switch (kind(column)) {
            case LOCAL_TEXT, LOCAL_MILLIS -> java.sql.Timestamp.class.getName();
            case OFFSET_TEXT -> OffsetDateTime.class.getName();
            case DATE -> java.sql.Date.class.getName();
            case TIME -> java.sql.Time.class.getName();
            case NONE -> super.getColumnClassName(column);
        };
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        kind(column);
        return super.getColumnLabel(column);
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        kind(column);
        return super.getColumnName(column);
    }

    @Override
    public String getTableName(int column) {
        return "";
    }

    @Override
    public String getSchemaName(int column) {
        return "";
    }

    @Override
    public String getCatalogName(int column) {
        return "";
    }
}
