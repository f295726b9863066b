package io.sabot.sqltests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up bids, some of them far behind in time, as JSON files; the same for the same seed. */
final class Bids {
    static final long SEED = 20_240_101L;
    private static final int ROW_COUNT = 5_000;

    private Bids() {}

    /** Writes the rows to so many files, one after the other, and gives the folder. */
    static Path write(Path folder, int fileCount) throws IOException {
        Random random = new Random(SEED);
        List<List<String>> files = new ArrayList<>();
        for (int i = 0; i < fileCount; i++) {
            files.add(new ArrayList<>());
        }
        LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
        for (int i = 0; i < ROW_COUNT; i++) {
            int behindMillis = random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(1_500);
            LocalDateTime time = start.plusNanos((i * 50L - behindMillis) * 1_000_000L);
            files.get(random.nextInt(fileCount))
                    .add("{\"ts\": \"" + time.toString().replace('T', ' ') + "\", \"item\": \"item-"
                            + random.nextInt(20) + "\", \"price\": " + random.nextInt(1000) + "}");
        }
        Path directory = Files.createDirectories(folder.resolve("bids-" + fileCount));
        for (int i = 0; i < fileCount; i++) {
            Files.write(directory.resolve("part-" + i + ".json"), files.get(i));
        }
        return directory;
    }

    /** The table over such a folder. */
    static String table(Path directory) {
        return """
            CREATE TABLE bids (
              ts TIMESTAMP(3), item STRING, price INT,
              WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
            ) WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%s')""".formatted(directory);
    }
}
