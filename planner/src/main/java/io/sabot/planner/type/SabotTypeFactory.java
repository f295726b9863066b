package io.sabot.planner.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

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

    /** Never of a number and a date, say: Calcite finds a type for some such pairs to which no value can be cast. */
    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
        return types.stream()
                                .map(SabotTypeFactory::kind)
                                .flatMap(Optional::stream)
                                .distinct()
                                .count()
                        > 1
                ? null
                : super.leastRestrictive(types, rule);
    }

    /** What only goes together with its own; empty for what goes together with several: NULL, intervals. */
    private static Optional<SqlTypeName> kind(RelDataType type) {
        SqlTypeName name = type.getSqlTypeName();
        if (type.isStruct()) {
            return Optional.of(SqlTypeName.ROW);
        }
        return switch (name) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, FLOAT, REAL, DOUBLE -> Optional.of(SqlTypeName.DECIMAL);
            case CHAR, VARCHAR -> Optional.of(SqlTypeName.VARCHAR);
            case BINARY, VARBINARY -> Optional.of(SqlTypeName.VARBINARY);
            case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(SqlTypeName.TIMESTAMP);
            case BOOLEAN, TIME, ARRAY, MAP, MULTISET -> Optional.of(name);
            default -> Optional.empty();
        };
    }
}
