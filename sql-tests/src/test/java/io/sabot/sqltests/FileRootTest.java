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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a server with roots for files read and write only there. */
class FileRootTest {
    @TempDir
    Path folder;

    @Test
    void tablesHaveTheirFilesBelowARoot() throws IOException, SQLException {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path outside = Files.writeString(folder.resolve("out.csv"), "1\n");
        Files.createDirectory(root.resolve("in"));
        Files.writeString(root.resolve("in").resolve("a.csv"), "7\n");
        Files.createDirectory(root.resolve("links"));
        Files.createSymbolicLink(root.resolve("links").resolve("b.csv"), outside);
        Files.createSymbolicLink(root.resolve("away"), folder);
        try (RunningServer server = start(root);
                Connection client = DriverManager.getConnection("jdbc:sabot://127.0.0.1:" + server.port())) {
            table(client, "inside", root.resolve("in"));
            assertThat(Rows.sorted(client, "SELECT a FROM inside")).containsExactly("7");
            table(client, "made", root.resolve("new"));
            Rows.run(client, "INSERT INTO made SELECT 5");
            assertThat(Rows.sorted(client, "SELECT a FROM made")).containsExactly("5");

            table(client, "far", outside);
            refused(client, "SELECT a FROM far", root);
            refused(client, "SELECT a FROM inside /*+ OPTIONS('path' = '" + outside + "') */", root);
            refused(client, "SELECT a FROM inside /*+ OPTIONS('path' = '" + root + "/../out.csv') */", root);
            refused(client, "SELECT a FROM inside /*+ OPTIONS('path' = '" + root.resolve("links") + "') */", root);
            table(client, "away", root.resolve("away").resolve("new"));
            refused(client, "INSERT INTO away SELECT 5", root);
            assertThat(folder.resolve("new")).doesNotExist();
        }
    }

    @Test
    void linksLeadWritersNowhereElse() throws IOException, SQLException {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path away = Files.createDirectory(folder.resolve("away"));
        Path outside = Files.writeString(away.resolve("a.csv"), "1\n");
        Path mixed = Files.createDirectory(root.resolve("mixed"));
        Path inside = Files.writeString(mixed.resolve("b.csv"), "2\n");
        Files.createSymbolicLink(mixed.resolve("link"), away);
        Path parted = Files.createDirectory(root.resolve("parted"));
        Files.createSymbolicLink(parted.resolve("p=1"), away);
        try (RunningServer server = start(root);
                Connection client = DriverManager.getConnection("jdbc:sabot://127.0.0.1:" + server.port())) {
            table(client, "mixed", mixed);
            refused(client, "INSERT OVERWRITE mixed SELECT 5", root);
            assertThat(outside).hasContent("1\n");
            try (Stream<Path> files = Files.list(mixed)) {
                assertThat(files).containsExactlyInAnyOrder(inside, mixed.resolve("link"));
            }
            Rows.run(
                    client,
                    "CREATE TABLE parted (a INT, p INT) PARTITIONED BY (p) WITH ('connector' = 'filesystem', 'path' = '"
                            + parted + "', 'format' = 'csv')");
            for (String insert : List.of("INSERT INTO", "INSERT OVERWRITE")) {
                refused(client, insert + " parted VALUES (5, 1)", root);
                try (Stream<Path> files = Files.list(away)) {
                    assertThat(files).containsExactly(outside);
                }
                Rows.run(client, insert + " parted VALUES (6, 2)");
            }
            try (Stream<Path> files = Files.list(parted.resolve("p=2"))) {
                assertThat(files).hasSize(1);
            }
        }
    }

    private static void table(Connection client, String name, Path path) throws SQLException {
        Rows.run(
                client,
                "CREATE TABLE `" + name + "` (a INT) WITH ('connector' = 'filesystem', 'path' = '" + path
                        + "', 'format' = 'csv')");
    }

    private static void refused(Connection client, String sql, Path root) {
        assertThatThrownBy(() -> Rows.sorted(client, sql)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("0A000");
            assertThat(e.getMessage())
                    .contains("tables of this server have no files at")
                    .contains("below " + root);
        });
    }

    private static RunningServer start(Path root) throws IOException {
        EngineProvider engines =
                ServiceLoader.load(EngineProvider.class).findFirst().orElseThrow();
        ClientLimits limits = new ClientLimits(List.of(), Optional.of(List.of(root)));
        return RunningServer.start(
                engines.open(Optional.empty(), limits), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
