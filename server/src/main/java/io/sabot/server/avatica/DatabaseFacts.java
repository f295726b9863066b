package io.sabot.server.avatica;

import java.sql.Connection;
import java.util.EnumMap;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;

/** What clients are told of the product. */
final class DatabaseFacts {
    static final Map<DatabaseProperty, Object> MAP = make();

    private DatabaseFacts() {}

    private static Map<DatabaseProperty, Object> make() {
        Map<DatabaseProperty, Object> facts = new EnumMap<>(DatabaseProperty.class);
        facts.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Sabot");
        facts.put(DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_NONE);
        facts.put(
                DatabaseProperty.GET_S_Q_L_KEYWORDS,
                "BYTES,CATALOG,CATALOGS,CHANGES,CHECKPOINT,DATABASE,DATABASES,DESCRIPTOR,EMIT,EXPLAIN,JOB,JOBS,KILL,"
                        + "MATERIALIZED,METADATA,OVERWRITE,PAUSE,RESET,RESUME,SAVEPOINT,SHOW,STREAM,STREAMS,STRING,"
                        + "TEMPORARY,TIMESTAMP_LTZ,TUMBLE,USE,VIEW,VIRTUAL,WATERMARK");
        facts.put(
                DatabaseProperty.GET_NUMERIC_FUNCTIONS,
                "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,RAND,ROUND,"
                        + "SIGN,SIN,SQRT,TAN,TRUNCATE");
        facts.put(
                DatabaseProperty.GET_STRING_FUNCTIONS,
                "ASCII,CHAR_LENGTH,CONCAT,LEFT,LOCATE,LOWER,LTRIM,POSITION,REPEAT,REPLACE,RIGHT,RTRIM,SUBSTRING,UPPER");
        facts.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, "IFNULL");
        facts.put(
                DatabaseProperty.GET_TIME_DATE_FUNCTIONS,
                "CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,DAYOFMONTH,DAYOFWEEK,DAYOFYEAR,EXTRACT,HOUR,MINUTE,MONTH,"
                        + "NOW,QUARTER,SECOND,TIMESTAMPADD,TIMESTAMPDIFF,WEEK,YEAR");
        return facts;
    }
}
