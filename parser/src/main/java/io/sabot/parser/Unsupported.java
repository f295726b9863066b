package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Optional;

/** Statements of the dialect, and of its neighbours, that are known by their first words and not supported yet. */
final class Unsupported {
    /** First words; a statement is named in errors by what stands here. */
    private static final List<String> STATEMENTS = List.of(
            "CREATE OR REPLACE FUNCTION",
            "CREATE SECRET",
            "CREATE MODEL",
            "CREATE TEMPORARY MODEL",
            "CREATE CONNECTION",
            "CREATE USER",
            "CREATE ROLE",
            "CREATE INDEX",
            "CREATE SCHEMA",
            "CREATE MATERIALIZED TABLE",
            "ALTER FUNCTION",
            "ALTER TEMPORARY FUNCTION",
            "ALTER MATERIALIZED VIEW",
            "ALTER MATERIALIZED TABLE",
            "ALTER DATABASE",
            "ALTER CATALOG",
            "ALTER MODEL",
            "ALTER JOB",
            "DROP SECRET",
            "DROP MODEL",
            "DROP CONNECTION",
            "DROP MATERIALIZED TABLE",
            "DROP JOB",
            "DESCRIBE CATALOG",
            "DESCRIBE DATABASE",
            "DESCRIBE MODEL",
            "SHOW PARTITIONS",
            "SHOW MODULES",
            "SHOW FULL MODULES",
            "SHOW MODELS",
            "SHOW PROCEDURES",
            "SHOW SECRETS",
            "SHOW GRANTS",
            "SHOW CREATE FUNCTION",
            "SHOW CREATE DATABASE",
            "EXPLAIN UPGRADE",
            "EXPLAIN NO OUTPUT",
            "ADVANCE WATERMARK",
            "GRANT",
            "REVOKE",
            "CALL",
            "MERGE INTO",
            "ANALYZE TABLE",
            "LOAD MODULE",
            "UNLOAD MODULE",
            "USE MODULES",
            "COMPILE PLAN",
            "COMPILE AND EXECUTE PLAN",
            "EXECUTE PLAN",
            "EXECUTE IMMEDIATE",
            "START TRANSACTION",
            "BEGIN TRANSACTION",
            "COMMIT",
            "ROLLBACK",
            "PREPARE",
            "COPY",
            "UPSERT INTO",
            "TERMINATE",
            "PRINT");

    private static final int WORDS_MAX = 4;

    private Unsupported() {}

    /** Throws 0A000 if the statement is one of them. */
    static void check(Cursor cursor) {
        String start = cursor.upcoming(WORDS_MAX);
        Optional<String> known = STATEMENTS.stream()
                .filter(words -> start.equals(words) || start.startsWith(words + " "))
                .findFirst();
        if (known.isPresent()) {
            int words = known.get().split(" ").length;
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, known.get() + " is not supported yet")
                    .at(cursor.script().span(cursor.peek(1), cursor.peek(words)));
        }
    }
}
