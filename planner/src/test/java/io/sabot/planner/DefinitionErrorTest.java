package io.sabot.planner;

import org.junit.jupiter.api.Test;

class DefinitionErrorTest {
    @Test
    void anUnknownOption() {
        Fixture.orders()
                .assertError(
                        "CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'pathh' = '/x', 'format' = 'json')",
                        """
                ERROR 42616: unknown option 'pathh'
                  line 1, column 58:  CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'pathh' = '/x', 'format' = 'json')
                                                                                               ^^^^^^^
                  options of connector 'filesystem' are connector, scan.watermark.idle-timeout, sabot.watermark.max-ahead, scan.parallelism, sink.parallelism, sabot.*, lookup.cache, lookup.partial-cache.expire-after-access, lookup.partial-cache.expire-after-write, lookup.partial-cache.cache-missing-key, lookup.partial-cache.max-rows, lookup.full-cache.reload-strategy, lookup.full-cache.periodic-reload.interval, lookup.full-cache.periodic-reload.schedule-mode, path, source.monitor-interval, format, json.ignore-parse-errors
                  Hint: did you mean 'path'?
                """);
    }

    @Test
    void aMissingOption() {
        Fixture.orders()
                .assertError("CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'format' = 'json')", """
                ERROR 42616: option 'path' is missing
                  line 1, column 44:  CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'format' = 'json')
                                                                                 ^^^^^^^^^^^^
                  'path' is a file or folder
                  Hint: add 'path' = '…' to WITH (…)
                """);
    }

    @Test
    void aBadValue() {
        Fixture.orders()
                .assertError("CREATE TABLE t (a INT) WITH ('connector' = 'datagen', 'rows-per-second' = 'many')", """
                ERROR 42616: option 'rows-per-second' does not take 'many'
                  line 1, column 75:  CREATE TABLE t (a INT) WITH ('connector' = 'datagen', 'rows-per-second' = 'many')
                                                                                                                ^^^^^^
                  it takes a whole number
                """);
    }

    @Test
    void anUnknownConnector() {
        Fixture.orders().assertError("CREATE TABLE t (a INT) WITH ('connector' = 'filesytem', 'path' = '/x')", """
                ERROR 42616: unknown connector 'filesytem'
                  line 1, column 44:  CREATE TABLE t (a INT) WITH ('connector' = 'filesytem', 'path' = '/x')
                                                                                 ^^^^^^^^^^^
                  there are connectors filesystem, kafka, datagen, print
                  Hint: did you mean 'filesystem'?
                """);
    }

    @Test
    void anUnknownFormat() {
        Fixture.orders()
                .assertError(
                        "CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'jsn')",
                        """
                ERROR 42616: unknown format 'jsn'
                  line 1, column 84:  CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'jsn')
                                                                                                                         ^^^^^
                  there are formats json, csv, debezium-json
                  Hint: did you mean 'json'?
                """);
    }

    @Test
    void anUnknownOptionOfAFormat() {
        Fixture.orders()
                .assertError(
                        "CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json', 'json.ignore-errors' = 'true')",
                        """
                ERROR 42616: unknown option 'json.ignore-errors'
                  line 1, column 92:  CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json', 'json.ignore-errors' = 'true')
                                                                                                                                 ^^^^^^^^^^^^^^^^^^^^
                  options of connector 'filesystem' are connector, scan.watermark.idle-timeout, sabot.watermark.max-ahead, scan.parallelism, sink.parallelism, sabot.*, lookup.cache, lookup.partial-cache.expire-after-access, lookup.partial-cache.expire-after-write, lookup.partial-cache.cache-missing-key, lookup.partial-cache.max-rows, lookup.full-cache.reload-strategy, lookup.full-cache.periodic-reload.interval, lookup.full-cache.periodic-reload.schedule-mode, path, source.monitor-interval, format, json.ignore-parse-errors
                  Hint: did you mean 'json.ignore-parse-errors'?
                """);
    }

    @Test
    void aMissingFormat() {
        Fixture.orders().assertError("CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '/x')", """
                ERROR 42616: option 'format' is missing
                  line 1, column 44:  CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = '/x')
                                                                                 ^^^^^^^^^^^^
                  'format' is one of json, csv, debezium-json
                  Hint: add 'format' = '…' to WITH (…)
                """);
    }

    @Test
    void aWatermarkOnAnUnknownColumn() {
        Fixture.orders().assertError("CREATE TABLE t (a INT, ts TIMESTAMP(3), WATERMARK FOR tss AS tss)", """
                ERROR 42703: column 'tss' does not exist
                  line 1, column 55:  CREATE TABLE t (a INT, ts TIMESTAMP(3), WATERMARK FOR tss AS tss)
                                                                                            ^^^
                  the table has a, ts
                  Hint: did you mean 'ts'?
                """);
    }

    @Test
    void aWatermarkOnANumber() {
        Fixture.orders().assertError("CREATE TABLE t (a BIGINT, WATERMARK FOR a AS a)", """
                ERROR 42804: column 'a' cannot carry a watermark
                  line 1, column 41:  CREATE TABLE t (a BIGINT, WATERMARK FOR a AS a)
                                                                              ^
                  it is BIGINT, a watermark needs TIMESTAMP(3) or TIMESTAMP_LTZ(3)
                  Hint: declare the column as TIMESTAMP(3), or compute one: ts AS CAST(a AS TIMESTAMP(3))
                """);
    }

    @Test
    void aComputedColumnOverNothing() {
        Fixture.orders().assertError("CREATE TABLE t (a INT, b AS aa + 1)", """
                ERROR 42703: column 'aa' does not exist
                  line 1, column 29:  CREATE TABLE t (a INT, b AS aa + 1)
                                                                  ^^
                  the expression can name a
                """);
    }

    @Test
    void aColumnTwice() {
        Fixture.orders().assertError("CREATE TABLE t (a INT, a INT)", """
                ERROR 42P16: column 'a' is defined twice
                  line 1, column 24:  CREATE TABLE t (a INT, a INT)
                                                             ^
                """);
    }

    @Test
    void anEnforcedKey() {
        Fixture.orders().assertError("CREATE TABLE t (a INT, PRIMARY KEY (a))", """
                ERROR 42P16: a primary key is not enforced
                  line 1, column 24:  CREATE TABLE t (a INT, PRIMARY KEY (a))
                                                             ^^^^^^^^^^^^^^^
                  Hint: add NOT ENFORCED behind it
                """);
    }

    @Test
    void aKeyOfAnUnknownColumn() {
        Fixture.orders().assertError("CREATE TABLE t (a INT, PRIMARY KEY (b) NOT ENFORCED)", """
                ERROR 42703: column 'b' does not exist
                  line 1, column 37:  CREATE TABLE t (a INT, PRIMARY KEY (b) NOT ENFORCED)
                                                                          ^
                  the table has a
                  Hint: did you mean 'a'?
                """);
    }

    @Test
    void anUnknownMetadataKey() {
        Fixture.orders()
                .assertError(
                        "CREATE TABLE t (a INT, p STRING METADATA FROM 'file.pth' VIRTUAL) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json')",
                        """
                ERROR 42P16: there is no metadata 'file.pth'
                  line 1, column 47:  CREATE TABLE t (a INT, p STRING METADATA FROM 'file.pth' VIRTUAL) WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json')
                                                                                    ^^^^^^^^^^
                  this table offers file.path
                  Hint: did you mean 'file.path'?
                """);
    }

    @Test
    void aViewWithTooManyNames() {
        Fixture.orders().assertError("CREATE VIEW v (a, b) AS SELECT id FROM orders", """
                ERROR 42P16: the view names 2 columns, its query has 1
                  line 1, column 19:  CREATE VIEW v (a, b) AS SELECT id FROM orders
                                                        ^
                """);
    }
}
