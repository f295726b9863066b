package io.sabot.sqltests.logic;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The files of the suite, in the jar of {@code net.hydromatic:sql-logic-test}; the large files at its root are a folder each. */
public final class LogicSuite {
    private static final String ROOT = "test/";
    private static final String ENDING = ".test";

    private final String jar;
    private final Map<String, List<String>> files = new TreeMap<>();

    private LogicSuite(JarFile jar) {
        this.jar = jar.getName();
        jar.stream().map(JarEntry::getName).filter(LogicSuite::isTest).sorted().forEach(name -> {
            String path = name.substring(ROOT.length());
            int slash = path.lastIndexOf('/');
            String folder = slash < 0 ? path : path.substring(0, slash);
            files.computeIfAbsent(folder, any -> new ArrayList<>()).add(path);
        });
    }

    /** The suite, if its jar is on the class path. */
    public static Optional<LogicSuite> find() throws IOException {
        URL url = LogicSuite.class.getResource("/test/select1.test");
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            return Optional.empty();
        }
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            return Optional.of(new LogicSuite(jar));
        }
    }

    private static boolean isTest(String name) {
        return name.startsWith(ROOT) && name.endsWith(ENDING);
    }

    public List<String> folders() {
        return List.copyOf(files.keySet());
    }

    /**
     * Runs some files of a folder, and together about {@code queryCount} of their queries: up to {@code fileCount} files,
     * but none after those that together have {@code statementCount} statements.
     */
    public void run(String folder, int fileCount, int statementCount, int queryCount, LogicTally tally)
            throws IOException, SQLException {
        Map<String, List<LogicRecord>> taken = new TreeMap<>();
        long statements = 0;
        for (String path : LogicSample.of(files.getOrDefault(folder, List.of()), fileCount)) {
            if (statements < statementCount) {
                List<LogicRecord> records = LogicFile.parse(text(path));
                statements += records.stream()
                        .filter(LogicRecord.Statement.class::isInstance)
                        .count();
                taken.put(path, records);
            }
        }
        int filesLeft = taken.size();
        int queriesLeft = queryCount;
        for (Map.Entry<String, List<LogicRecord>> file : smallestFirst(taken)) {
            int before = tally.queries();
            new LogicRun(file.getKey(), tally).run(LogicSample.queries(file.getValue(), queriesLeft / filesLeft));
            queriesLeft -= tally.queries() - before;
            filesLeft--;
        }
    }

    /** What a small file has too few of is taken from the larger ones. */
    private static List<Map.Entry<String, List<LogicRecord>>> smallestFirst(Map<String, List<LogicRecord>> files) {
        return files.entrySet().stream()
                .sorted(Comparator.comparingLong(file -> queryCount(file.getValue())))
                .toList();
    }

    private static long queryCount(List<LogicRecord> records) {
        return records.stream().filter(LogicRecord.Query.class::isInstance).count();
    }

    private String text(String path) throws IOException {
        try (JarFile open = new JarFile(jar)) {
            JarEntry entry = open.getJarEntry(ROOT + path);
            return new String(open.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
