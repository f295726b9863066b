package io.sabot.server.avatica;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The types that JDBC's {@code getTypeInfo} lists, ordered by their numbers. */
final class TypeInfo {
    private final MetadataRows rows = new MetadataRows(
            "TYPE_NAME",
            "DATA_TYPE:int",
            "PRECISION:int",
            "LITERAL_PREFIX",
            "LITERAL_SUFFIX",
            "CREATE_PARAMS",
            "NULLABLE:short",
            "CASE_SENSITIVE:boolean",
            "SEARCHABLE:short",
            "UNSIGNED_ATTRIBUTE:boolean",
            "FIXED_PREC_SCALE:boolean",
            "AUTO_INCREMENT:boolean",
            "LOCAL_TYPE_NAME",
            "MINIMUM_SCALE:short",
            "MAXIMUM_SCALE:short",
            "SQL_DATA_TYPE:int",
            "SQL_DATETIME_SUB:int",
            "NUM_PREC_RADIX:int");

    private TypeInfo() {}

    static MetadataRows rows() {
        TypeInfo info = new TypeInfo();
        info.number("TINYINT", Types.TINYINT, 3, 0);
        info.number("BIGINT", Types.BIGINT, 19, 0);
        info.quoted("BYTES", Types.VARBINARY, Integer.MAX_VALUE, "x'", "length", false);
        info.quoted("BINARY", Types.BINARY, Integer.MAX_VALUE, "x'", "length", false);
        info.quoted("CHAR", Types.CHAR, Integer.MAX_VALUE, "'", "length", true);
        info.number("DECIMAL", Types.DECIMAL, 38, 38);
        info.number("INT", Types.INTEGER, 10, 0);
        info.number("SMALLINT", Types.SMALLINT, 5, 0);
        info.number("FLOAT", Types.REAL, 7, 0);
        info.number("DOUBLE", Types.DOUBLE, 15, 0);
        info.quoted("STRING", Types.VARCHAR, Integer.MAX_VALUE, "'", null, true);
        info.quoted("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, "'", "length", true);
        info.add("BOOLEAN", Types.BOOLEAN, 1, null, null, null, false, null, null, null);
        info.quoted("DATE", Types.DATE, 10, "DATE '", null, false);
        info.quoted("TIME", Types.TIME, 18, "TIME '", "precision", false);
        info.quoted("TIMESTAMP", Types.TIMESTAMP, 29, "TIMESTAMP '", "precision", false);
        info.add("ROW", Types.OTHER, 0, null, null, null, false, null, null, null);
        info.add("MAP", Types.OTHER, 0, null, null, null, false, null, null, null);
        info.add("ARRAY", Types.ARRAY, 0, null, null, null, false, null, null, null);
        info.quoted("TIMESTAMP_LTZ", Types.TIMESTAMP_WITH_TIMEZONE, 29, "TIMESTAMP '", "precision", false);
        return info.rows;
    }

    private void number(String name, int id, int precision, int maxScale) {
        add(
                name,
                id,
                precision,
                null,
                null,
                maxScale > 0 ? "precision,scale" : null,
                false,
                (short) 0,
                (short) maxScale,
                10);
    }

    private void quoted(
            String name, int id, int precision, String prefix, @Nullable String parameters, boolean caseSensitive) {
        add(name, id, precision, prefix, "'", parameters, caseSensitive, null, null, null);
    }

    private void add(
            String name,
            int id,
            int precision,
            @Nullable String prefix,
            @Nullable String suffix,
            @Nullable String parameters,
            boolean caseSensitive,
            @Nullable Short minScale,
            @Nullable Short maxScale,
            @Nullable Integer radix) {
        rows.add(
                name,
                id,
                precision,
                prefix,
                suffix,
                parameters,
                (short) DatabaseMetaData.typeNullable,
                caseSensitive,
                (short) DatabaseMetaData.typeSearchable,
                false,
                false,
                false,
                name,
                minScale,
                maxScale,
                null,
                null,
                radix);
    }
}
