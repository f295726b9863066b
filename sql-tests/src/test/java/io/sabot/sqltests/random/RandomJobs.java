package io.sabot.sqltests.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Runs the jobs of many seeds one after the other, and says every so often how many there were; goes on behind a difference.
 *
 * <pre>  RandomJobs FIRST_SEED LAST_SEED QUERIES_PER_JOB FOLDER</pre>
 */
final class RandomJobs {
    private static final int REPORT_EVERY = 50;

    private RandomJobs() {}

    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[0]);
        long last = Long.parseLong(arguments[1]);
        int queries = Integer.parseInt(arguments[2]);
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[3])), "run");
        Tally tally = new Tally();
        int failed = 0;
        for (long seed = first; seed <= last; seed++) {
            try {
                new RandomJob(seed, folder).check(queries, tally);
            } catch (SQLException | AssertionError | IllegalStateException e) {
                failed++;
                System.out.println("FAILED seed " + seed);
                System.out.println(e);
            }
            if ((seed - first + 1) % REPORT_EVERY == 0 || seed == last) {
                System.out.println("seeds " + first + " to " + seed + ": " + failed + " failed, " + tally);
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }
}
