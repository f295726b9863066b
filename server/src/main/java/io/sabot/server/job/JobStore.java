package io.sabot.server.job;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The jobs of a data directory: {@code jobs/<name>/job.properties} with the definition and whether it is paused, and the
 * job's checkpoints beside it.
 */
final class JobStore {
    private static final String FILE = "job.properties";
    private static final String SETTING = "setting.";

    private final Path directory;

    JobStore(Path directory) {
        this.directory = directory;
    }

    /** A job as it was when it was last saved. */
    record Saved(JobDefinition definition, JobPhase phase) {}

    Path directoryOf(String job) {
        return directory.resolve(URLEncoder.encode(job, StandardCharsets.UTF_8));
    }

    void save(JobDefinition job, JobPhase phase) {
        Properties properties = new Properties();
        properties.setProperty("version", "1");
        properties.setProperty("name", job.name());
        properties.setProperty("sql", job.sql());
        properties.setProperty("catalog", job.catalog());
        properties.setProperty("database", job.database());
        properties.setProperty("continuous", Boolean.toString(job.continuous()));
        properties.setProperty("phase", phase.name());
        job.settings().forEach((key, value) -> properties.setProperty(SETTING + key, value));
        Path home = directoryOf(job.name());
        Path temporary = home.resolve(FILE + ".new");
        try {
            Files.createDirectories(home);
            try (var out = Files.newBufferedWriter(temporary)) {
                properties.store(out, null);
            }
            Files.move(
                    temporary, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(home, e);
        }
    }

    List<Saved> load() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(directory)) {
            return homes.map(home -> home.resolve(FILE))
                    .filter(Files::exists)
                    .sorted()
                    .map(JobStore::read)
                    .toList();
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    private static Saved read(Path file) {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw failure(file, e);
        }
        if (!"1".equals(properties.getProperty("version"))) {
            throw SabotException.of(ErrorCode.INVALID_STATE, "the job in " + file + " was written by another version");
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(SETTING))
                .forEach(key -> settings.put(key.substring(SETTING.length()), properties.getProperty(key)));
        JobDefinition definition = new JobDefinition(
                properties.getProperty("name", ""),
                properties.getProperty("sql", ""),
                properties.getProperty("catalog", ""),
                properties.getProperty("database", ""),
                settings,
                Boolean.parseBoolean(properties.getProperty("continuous")));
        return new Saved(definition, JobPhase.valueOf(properties.getProperty("phase", JobPhase.PAUSED.name())));
    }

    void delete(String job) {
        Path home = directoryOf(job);
        if (!Files.exists(home)) {
            return;
        }
        try (Stream<Path> files = Files.walk(home)) {
            Files.deleteIfExists(home.resolve(FILE)); // first: what is left of the others brings no job back
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw failure(home, e);
        }
    }

    private static SabotException failure(Path path, Exception e) {
        return SabotException.of(ErrorCode.IO_ERROR, "cannot read or write " + path)
                .why(String.valueOf(e.getMessage()))
                .causedBy(e);
    }
}
