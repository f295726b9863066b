package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Optional;

/** Statements of the dialect, and of its neighbours, that are known by their first words and not supported yet, with what does the same. */
final class Unsupported {
    /**
     * @param words the first words, by which errors name the statement
     * @param hint what to write in its place; may be empty
     */
    private record Known(String words, String hint) {}

    private static final String NO_MODELS =
            "call a model from a function of your own: CREATE FUNCTION f AS 'class' USING JAR 'path'";

    private static final List<Known> STATEMENTS = List.of(
            known("CREATE OR REPLACE FUNCTION", "DROP FUNCTION IF EXISTS f, then CREATE FUNCTION f"),
            known("CREATE SECRET", "give options to the table itself; the server listens on this machine only"),
            known("CREATE MODEL", NO_MODELS),
            known("CREATE TEMPORARY MODEL", NO_MODELS),
            known("CREATE CONNECTION", "give options to the table itself; the server listens on this machine only"),
            known("CREATE USER", "give options to the table itself; the server listens on this machine only"),
            known("CREATE ROLE", "give options to the table itself; the server listens on this machine only"),
            known("CREATE INDEX", "a PRIMARY KEY (…) NOT ENFORCED of a table is its index"),
            known("CREATE SCHEMA", "write CREATE DATABASE"),
            known(
                    "CREATE MATERIALIZED TABLE",
                    "CREATE MATERIALIZED VIEW v AS SELECT … is kept up to date by a job of its own"),
            known("ALTER FUNCTION", "drop the function and create it again"),
            known("ALTER TEMPORARY FUNCTION", "drop the function and create it again"),
            known(
                    "ALTER MATERIALIZED VIEW",
                    "write CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT …, which builds it again; PAUSE JOB and RESUME JOB stop and start its job"),
            known(
                    "ALTER MATERIALIZED TABLE",
                    "CREATE MATERIALIZED VIEW v AS SELECT … is kept up to date by a job of its own"),
            known("ALTER CATALOG", "leave it out: catalogs keep no options, tables do"),
            known("ALTER MODEL", NO_MODELS),
            known("ALTER JOB", "CANCEL JOB and start the statement again with other settings"),
            known("DROP SECRET", ""),
            known("DROP MODEL", NO_MODELS),
            known("DROP CONNECTION", ""),
            known("DROP MATERIALIZED TABLE", "write DROP MATERIALIZED VIEW"),
            known("DROP JOB", "write CANCEL JOB"),
            known("DESCRIBE CATALOG", "SHOW CREATE CATALOG c shows what it is, SHOW DATABASES what is in it"),
            known("DESC CATALOG", "SHOW CREATE CATALOG c shows what it is, SHOW DATABASES what is in it"),
            known("DESCRIBE MODEL", NO_MODELS),
            known("SHOW PARTITIONS", "SELECT DISTINCT of the partition columns gives their values"),
            known("SHOW MODULES", "functions of users come by CREATE FUNCTION f AS 'class' USING JAR 'path'"),
            known("SHOW FULL MODULES", "functions of users come by CREATE FUNCTION f AS 'class' USING JAR 'path'"),
            known("SHOW MODELS", NO_MODELS),
            known("SHOW MATERIALIZED TABLES", "write SHOW MATERIALIZED VIEWS"),
            known("SHOW CREATE MATERIALIZED TABLE", "write SHOW CREATE MATERIALIZED VIEW"),
            known("SHOW PROCEDURES", "SHOW FUNCTIONS lists what can be called"),
            known("SHOW SECRETS", ""),
            known("SHOW GRANTS", ""),
            known("SHOW CREATE FUNCTION", "DESCRIBE FUNCTION EXTENDED f shows what it is"),
            known("EXPLAIN UPGRADE", "EXPLAIN of the old and of the new statement show both plans"),
            known("EXPLAIN NO OUTPUT", "DESCRIBE JOB j shows rows and watermark of each operator"),
            known("ADVANCE WATERMARK", "insert a row with a later event time"),
            known("GRANT", "give options to the table itself; the server listens on this machine only"),
            known("REVOKE", "give options to the table itself; the server listens on this machine only"),
            known("CALL", "SELECT f(…) calls a function"),
            known("MERGE INTO", "INSERT replaces rows by primary key; UPDATE and DELETE change those of a condition"),
            known("ANALYZE TABLE", "leave it out: no statistics are kept"),
            known("LOAD MODULE", "functions of users come by CREATE FUNCTION f AS 'class' USING JAR 'path'"),
            known("UNLOAD MODULE", "functions of users come by CREATE FUNCTION f AS 'class' USING JAR 'path'"),
            known("USE MODULES", "functions of users come by CREATE FUNCTION f AS 'class' USING JAR 'path'"),
            known(
                    "COMPILE PLAN",
                    "a job goes on from its checkpoint after PAUSE JOB and RESUME JOB, without a plan in a file"),
            known(
                    "COMPILE AND EXECUTE PLAN",
                    "a job goes on from its checkpoint after PAUSE JOB and RESUME JOB, without a plan in a file"),
            known(
                    "EXECUTE PLAN",
                    "a job goes on from its checkpoint after PAUSE JOB and RESUME JOB, without a plan in a file"),
            known("EXECUTE IMMEDIATE", "send the text as a statement"),
            known(
                    "START TRANSACTION",
                    "each statement stands for itself; EXECUTE STATEMENT SET BEGIN …; END writes several tables in one job"),
            known(
                    "BEGIN TRANSACTION",
                    "each statement stands for itself; EXECUTE STATEMENT SET BEGIN …; END writes several tables in one job"),
            known(
                    "COMMIT",
                    "each statement stands for itself; EXECUTE STATEMENT SET BEGIN …; END writes several tables in one job"),
            known(
                    "ROLLBACK",
                    "each statement stands for itself; EXECUTE STATEMENT SET BEGIN …; END writes several tables in one job"),
            known("PREPARE", "programs prepare statements by JDBC"),
            known(
                    "COPY",
                    "read a file by CREATE TABLE f (…) WITH ('connector' = 'filesystem', …) and INSERT INTO t SELECT * FROM f"),
            known("UPSERT INTO", "INSERT INTO a table with a primary key replaces the row of its key"),
            known("REPLACE TABLE", "write CREATE OR REPLACE TABLE"),
            known("TERMINATE", "write CANCEL JOB j, or KILL QUERY 'id'"),
            known("PRINT", "SELECT * FROM t EMIT CHANGES follows a table"));

    private static final int WORDS_MAX = 4;

    private Unsupported() {}

    private static Known known(String words, String hint) {
        return new Known(words, hint);
    }

    /** Throws 0A000 if the statement is one of them. */
    static void check(Cursor cursor) {
        String start = cursor.upcoming(WORDS_MAX);
        Optional<Known> found = STATEMENTS.stream()
                .filter(known -> start.equals(known.words()) || start.startsWith(known.words() + " "))
                .findFirst();
        if (found.isPresent()) {
            Known known = found.get();
            int words = known.words().split(" ").length;
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, known.words() + " is not supported yet")
                    .at(cursor.script().span(cursor.peek(1), cursor.peek(words)))
                    .hint(known.hint());
        }
    }
}
