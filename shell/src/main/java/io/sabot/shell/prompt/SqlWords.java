package io.sabot.shell.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of the dialect, for colour and completion. */
final class SqlWords {
    private static final List<String> KEYWORDS =
            """
            ADD ALL ALTER AND ANY ARRAY AS ASC BEGIN BETWEEN BIGINT BINARY BOOLEAN BY BYTES CANCEL CASE CAST CATALOG CATALOGS
            CHANGES CHAR CHECKPOINT CLOSE COLUMNS COMMENT CONNECTORS CREATE CROSS CUMULATE CURRENT CURRENT_DATE
            CURRENT_TIMESTAMP DATABASE DATABASES DATE DAY DECIMAL DELETE DESC DESCRIBE DESCRIPTOR DISTINCT DOUBLE DROP ELSE
            EMIT END ENFORCED ESCAPE EXCEPT EXECUTE EXISTS EXPLAIN EXTENDED EXTRACT FALSE FETCH FILTER FIRST FLOAT FOLLOWING
            FOR FORMATS FROM FULL FUNCTION FUNCTIONS GROUP GROUPING HAVING HOP HOUR IF IN INNER INSERT INT INTERSECT INTERVAL
            INTO IS JOB JOBS JOIN KEY LANGUAGE LATERAL LEFT LIKE LIMIT LOCALTIMESTAMP MAP MATCH_RECOGNIZE MATERIALIZED
            MINUTE MODIFY MONTH NATURAL NOT NULL OF OFFSET ON OR ORDER OUTER OVER OVERWRITE PARTITION PARTITIONED PAUSE PLAN
            PRECEDING PRIMARY PROCTIME QUERIES QUERY RANGE RENAME REPLACE RESET RESUME RIGHT ROLLUP ROW ROWS SAVEPOINT SECOND
            SELECT SESSION SET SETTINGS SHOW SMALLINT SOME STATEMENT STOP STREAM STREAMS STRING SYSTEM SYSTEM_TIME TABLE
            TABLES TEMPORARY THEN TIME TIMESTAMP TIMESTAMP_LTZ TINYINT TO TRUE TRUNCATE TUMBLE UNBOUNDED UNION UNKNOWN UNNEST
            UPDATE USE USING VALUES VARBINARY VARCHAR VIEW VIEWS VIRTUAL WATERMARK WHEN WHERE WINDOW WITH WITHIN YEAR
            """.lines().flatMap(line -> List.of(line.split(" ")).stream()).toList();

    private static final List<String> FUNCTIONS = List.of(
            "ABS",
            "AVG",
            "CEIL",
            "CHAR_LENGTH",
            "COALESCE",
            "CONCAT",
            "COUNT",
            "CURRENT_WATERMARK",
            "DATE_FORMAT",
            "FLOOR",
            "FROM_UNIXTIME",
            "GREATEST",
            "IFNULL",
            "JSON_QUERY",
            "JSON_VALUE",
            "LAG",
            "LEAST",
            "LISTAGG",
            "LOWER",
            "MAX",
            "MIN",
            "MOD",
            "NULLIF",
            "POWER",
            "RANK",
            "REGEXP_EXTRACT",
            "REPLACE",
            "ROUND",
            "ROW_NUMBER",
            "SPLIT_INDEX",
            "SUBSTRING",
            "SUM",
            "TIMESTAMPADD",
            "TIMESTAMPDIFF",
            "TO_TIMESTAMP",
            "TO_TIMESTAMP_LTZ",
            "TRIM",
            "TRY_CAST",
            "UPPER",
            "UUID");

    private static final Set<String> KEYWORD_SET = Set.copyOf(KEYWORDS);

    private SqlWords() {}

    static List<String> keywords() {
        return KEYWORDS;
    }

    static List<String> functions() {
        return FUNCTIONS;
    }

    static boolean isKeyword(String word) {
        return KEYWORD_SET.contains(word.toUpperCase(Locale.ROOT));
    }
}
