package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.server.RunningServer;
import io.sabot.server.session.ClientLimits;
import io.sabot.server.session.EngineProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a server load jars from where its owner lets them, and from nowhere else. */
class JarRootTest {
    @TempDir
    Path folder;

    @Test
    void jarsBelowTheRootAreTaken() throws IOException, SQLException {
        Path root = Files.createDirectory(folder.resolve("jars"));
        Path inside = Files.write(root.resolve("in.jar"), new byte[0]);
        Path outside = Files.write(folder.resolve("out.jar"), new byte[0]);
        Path link = Files.createSymbolicLink(root.resolve("link.jar"), outside);
        try (RunningServer server = start(List.of(root));
                Connection client = DriverManager.getConnection("jdbc:sabot://127.0.0.1:" + server.port())) {
            Rows.run(client, "ADD JAR '" + inside + "'");
            assertThat(Rows.sorted(client, "SHOW JARS")).containsExactly(inside.toString());
            refused(client, "ADD JAR '" + outside + "'", "below " + root);
            refused(client, "ADD JAR '" + root + "/../out.jar'", "below " + root);
            refused(client, "ADD JAR '" + link + "'", "below " + root);
            refused(client, "CREATE FUNCTION f AS 'a.B' USING JAR '" + outside + "'", "below " + root);
        }
    }

    @Test
    void withoutARootThereAreNoJars() throws IOException, SQLException {
        Path jar = Files.write(folder.resolve("x.jar"), new byte[0]);
        try (RunningServer server = start(List.of());
                Connection client = DriverManager.getConnection("jdbc:sabot://127.0.0.1:" + server.port())) {
            refused(client, "ADD JAR '" + jar + "'", "without --jar-root");
        }
    }

    private static void refused(Connection client, String sql, String why) {
        assertThatThrownBy(() -> Rows.run(client, sql)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("0A000");
            assertThat(e.getMessage())
                    .contains("clients of this server cannot load jar")
                    .contains(why);
        });
    }

    private static RunningServer start(List<Path> jarRoots) throws IOException {
        EngineProvider engines =
                ServiceLoader.load(EngineProvider.class).findFirst().orElseThrow();
        return RunningServer.start(
                engines.open(Optional.empty(), new ClientLimits(jarRoots, Optional.empty())),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
