package io.sabot.benchmarks.nexmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A folder for what queries write and for the side input of q13; gone when it is closed. */
record WorkFolder(Path path) implements AutoCloseable {
    private static final int SIDE_ROWS = 10_000;

    static WorkFolder create() throws IOException {
        Path path = Files.createTempDirectory("nexmark");
        List<String> rows = IntStream.range(0, SIDE_ROWS)
                .mapToObj(key -> key + ",value of " + key)
                .toList();
        Files.write(path.resolve("side_input.csv"), rows);
        return new WorkFolder(path);
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
