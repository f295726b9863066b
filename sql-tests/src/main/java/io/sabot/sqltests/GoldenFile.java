package io.sabot.sqltests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A script in a file, and how to run it on an engine of its own.
 *
 * @param name path below the folder of all scripts
 */
public record GoldenFile(String name, Path path) {
    private static final AtomicLong ENGINES = new AtomicLong();
    private static final String PENDING = "# pending:";

    /** All scripts below a folder, in order of their names. */
    public static List<GoldenFile> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".iq"))
                    .sorted()
                    .map(file -> new GoldenFile(root.relativize(file).toString(), file))
                    .toList();
        }
    }

    /** Why the script is not run: its first line says so. */
    public Optional<String> pending() throws IOException {
        return text().lines()
                .findFirst()
                .filter(line -> line.startsWith(PENDING))
                .map(line -> line.substring(PENDING.length()).strip());
    }

    private String text() throws IOException {
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    /** Runs the script. Gives what differs from it, as text; empty when nothing does. */
    public String differences(GoldenWay way) throws IOException, SQLException {
        return LineDiff.between(text(), run(way));
    }

    /** Writes what the engine answers into the file. */
    public void rewrite() throws IOException, SQLException {
        Files.writeString(path, run(GoldenWay.STRAIGHT), StandardCharsets.UTF_8);
    }

    private String run(GoldenWay way) throws IOException, SQLException {
        Path data = Files.createTempDirectory("golden");
        Properties properties = new Properties();
        way.settings().forEach(properties::setProperty);
        String url = "jdbc:sabot:mem:golden-" + ENGINES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            return new GoldenScript(text()).run(connection, way, data.toRealPath());
        } finally {
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
