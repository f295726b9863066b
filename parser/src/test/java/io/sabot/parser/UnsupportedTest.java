package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsupportedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ALTER FUNCTION f AS 'x'                                      | ALTER FUNCTION
                    ALTER CATALOG c SET ('a' = 'b')                              | ALTER CATALOG
                    RESUME JOB j FROM CHECKPOINT 3                               | RESUME JOB … FROM CHECKPOINT
                    RESUME JOB 'j' WITHOUT STATE                                 | RESUME JOB … WITHOUT STATE
                    RESUME JOB j SKIP BAD RECORDS                                | RESUME JOB … SKIP BAD RECORDS
                    RESUME JOB j WITH ('a' = 'b')                                | RESUME JOB … WITH
                    EXPLAIN UPGRADE MATERIALIZED VIEW v                          | EXPLAIN UPGRADE
                    EXPLAIN NO OUTPUT FOR JOB j                                  | EXPLAIN NO OUTPUT
                    CREATE SECRET s WITH ('a' = 'b')                             | CREATE SECRET
                    GRANT SELECT ON t TO u                                       | GRANT
                    REVOKE SELECT ON t FROM u                                    | REVOKE
                    ADVANCE WATERMARK FOR t TO x                                 | ADVANCE WATERMARK
                    CALL p(1)                                                    | CALL
                    LOAD MODULE hive                                             | LOAD MODULE
                    SHOW MODULES                                                 | SHOW MODULES
                    """)
    void isNamedInTheError(String sql, String name) {
        assertThatThrownBy(() -> SqlParser.parse(sql)).isInstanceOfSatisfying(SabotException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
            assertThat(e.what()).isEqualTo(name + " is not supported yet");
            assertThat(e.span().isKnown()).isTrue();
        });
    }
}
