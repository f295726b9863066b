package io.sabot.sqltests;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts from the command line: {@code [--rewrite] [--straight] FILE_OR_FOLDER…}; ends with 1 if one differs. */
public final class GoldenMain {
    private GoldenMain() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean rewrite = words.remove("--rewrite");
        boolean straight = words.remove("--straight");
        PrintStream out = System.out;
        int failed = 0;
        for (String word : words) {
            Path path = Path.of(word);
            List<GoldenFile> files =
                    Files.isDirectory(path) ? GoldenFile.below(path) : List.of(new GoldenFile(word, path));
            for (GoldenFile file : files) {
                if (rewrite) {
                    file.rewrite();
                }
                for (GoldenWay way : straight ? List.of(GoldenWay.STRAIGHT) : GoldenWay.ALL) {
                    String differences = file.differences(way);
                    failed += differences.isEmpty() ? 0 : 1;
                    out.println((differences.isEmpty() ? "ok   " : "FAIL ") + file.name() + " [" + way + "]");
                    out.print(differences);
                }
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }
}
