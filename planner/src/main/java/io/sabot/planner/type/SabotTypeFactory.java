package io.sabot.planner.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Makes Calcite's types. Not shared between statements: it caches without bound. */
public final class SabotTypeFactory extends JavaTypeFactoryImpl {
    /** With the limits of {@link SabotTypeSystem}. */
    public SabotTypeFactory() {
        super(new SabotTypeSystem());
    }

    /** Our FLOAT has four bytes, Calcite's eight. */
    @Override
    public RelDataType createSqlType(SqlTypeName type) {
        return super.createSqlType(type == SqlTypeName.FLOAT ? SqlTypeName.REAL : type);
    }

    /** All text is in the same character set; ISO-8859-1, Calcite's own, cannot hold most of it. */
    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_16LE;
    }
}
