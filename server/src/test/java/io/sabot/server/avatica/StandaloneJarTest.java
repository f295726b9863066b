package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The driver jar that programs get: nothing else on its class path, and nothing of it under a foreign name. */
class StandaloneJarTest {
    private static Optional<Path> jar() throws IOException {
        Path target = Path.of("../jdbc-driver/target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-standalone.jar"))
                    .findFirst();
        }
    }

    @Test
    void queriesAServerAlone() throws IOException, SQLException {
        Optional<Path> jar = jar();
        assumeTrue(jar.isPresent(), "made by the build's package phase");
        Schema schema = Schema.of(new Field("n", AtomicType.BIGINT), new Field("d", AtomicType.decimal(5, 2)));
        URL[] path = {jar.orElseThrow().toUri().toURL()};
        try (Engines engines = new Engines(Way.REMOTE);
                URLClassLoader alone = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            engines.engine.rows("SELECT 1", schema, new Object[] {1, new java.math.BigDecimal("1.50")});
            Driver driver = driver(alone);
            assertThat(driver.getClass()).isNotEqualTo(io.sabot.jdbc.SabotDriver.class);
            try (Connection connection = driver.connect(engines.url(), new Properties());
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(1);
                assertThat(rows.getBigDecimal("d")).hasToString("1.50");
                assertThat(rows.next()).isFalse();
                SQLException error = catchThrowableOfType(SQLException.class, () -> statement.execute("SELCT"));
                assertThat(error.getSQLState()).isEqualTo("42601");
            }
            SQLException embedded =
                    catchThrowableOfType(SQLException.class, () -> driver.connect("jdbc:sabot:", new Properties()));
            assertThat(embedded.getMessage()).contains("reaches servers only");
        }
    }

    private static Driver driver(ClassLoader loader) {
        Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
        while (drivers.hasNext()) {
            Driver driver = drivers.next();
            if (driver.getClass().getClassLoader() == loader) {
                return driver;
            }
        }
        throw new AssertionError("no driver in the jar");
    }
}
