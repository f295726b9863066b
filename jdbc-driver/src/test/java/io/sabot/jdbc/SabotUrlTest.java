package io.sabot.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SabotUrlTest {
    private static Target target(String url) throws SQLException {
        return SabotUrl.parse(url).target();
    }

    @Test
    void namesEngines() throws SQLException {
        assertThat(target("jdbc:sabot:")).isEqualTo(new Target.Embedded("", Optional.empty()));
        assertThat(target("jdbc:sabot:mem:a b")).isEqualTo(new Target.Embedded("a b", Optional.empty()));
        assertThat(target("jdbc:sabot:/var/data"))
                .isEqualTo(new Target.Embedded("", Optional.of(Path.of("/var/data"))));
        assertThat(target("jdbc:sabot:./data?a=b")).isEqualTo(new Target.Embedded("", Optional.of(Path.of("./data"))));
        assertThat(target("jdbc:sabot://example.org")).isEqualTo(new Target.Remote("example.org", 8765, ""));
        assertThat(target("jdbc:sabot://10.0.0.1:99/sales?x=y")).isEqualTo(new Target.Remote("10.0.0.1", 99, "sales"));
        assertThat(target("jdbc:sabot://[::1]:99/")).isEqualTo(new Target.Remote("::1", 99, ""));
        assertThat(target("jdbc:sabot://[::1]:99/")).hasToString("[::1]:99");
    }

    @Test
    void readsProperties() throws SQLException {
        assertThat(SabotUrl.parse("jdbc:sabot:?a=1&b=x%26y%20z&c=").properties())
                .isEqualTo(Map.of("a", "1", "b", "x&y z", "c", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sabot:mem:",
                "jdbc:sabot:data",
                "jdbc:sabot://",
                "jdbc:sabot://host:port",
                "jdbc:sabot:?a",
                "jdbc:sabot:?a=%zz"
            })
    void refusesOthers(String url) {
        SQLException error = catchThrowableOfType(SQLException.class, () -> SabotUrl.parse(url));
        assertThat(error.getSQLState()).isEqualTo("08001");
        assertThat(error.getMessage()).startsWith("ERROR 08001: the URL '" + url + "' is not understood: ");
    }

    @Test
    void withoutAnEngineItSaysWhatToAdd() {
        SQLException error = catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection("jdbc:sabot:"));
        assertThat(error.getSQLState()).isEqualTo("08001");
        assertThat(error.getMessage()).contains("sabot-server");
    }

    @Test
    void otherUrlsAreLeftToOtherDrivers() throws SQLException {
        assertThat(new SabotDriver().connect("jdbc:other:", new Properties())).isNull();
        assertThat(new SabotDriver().getPropertyInfo("jdbc:sabot:", null)).hasSize(5);
    }
}
