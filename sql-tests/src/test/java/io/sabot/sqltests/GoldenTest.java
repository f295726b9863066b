package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every script in {@code golden}, each in every way. {@code -Dsabot.golden=join/} takes those whose names begin so;
 * {@code -Dsabot.golden.rewrite=true} rewrites them first.
 */
class GoldenTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");

    @TestFactory
    Stream<DynamicNode> scripts() throws IOException {
        String only = System.getProperty("sabot.golden", "");
        return GoldenFile.below(ROOT).stream()
                .filter(file -> file.name().startsWith(only))
                .map(file -> dynamicContainer(
                        file.name(),
                        GoldenWay.ALL.stream().map(way -> dynamicTest(way.toString(), () -> check(file, way)))));
    }

    private static void check(GoldenFile file, GoldenWay way) throws IOException, SQLException {
        file.pending().ifPresent(reason -> abort("pending: " + reason));
        if (Boolean.getBoolean("sabot.golden.rewrite") && way.equals(GoldenWay.STRAIGHT)) {
            file.rewrite();
        }
        String differences = file.differences(way);
        if (!differences.isEmpty()) {
            fail(file.name() + " (" + way + ") answers otherwise (- expected, + got):\n" + differences);
        }
    }
}
