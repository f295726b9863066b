package io.sabot.sqltests.logic;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Runs a part of the suite from the command line: {@code FOLDER FILES QUERIES}. The suite's jar must be on the class
 * path. Prints every difference.
 */
public final class LogicMain {
    private static final int STATEMENTS = 8_000;

    private LogicMain() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        PrintStream out = System.out;
        LogicSuite suite = LogicSuite.find().orElseThrow();
        int files = Integer.parseInt(arguments[1]);
        int queries = Integer.parseInt(arguments[2]);
        Duration before = cpu();
        LogicTally all = new LogicTally();
        for (String folder : suite.folders()) {
            if (folder.startsWith(arguments[0])) {
                LogicTally tally = new LogicTally();
                suite.run(folder, files, STATEMENTS, queries, tally);
                tally.differences()
                        .forEach(each -> out.println(each.place() + "\n" + each.sql() + "\n  " + each.text()));
                out.println(folder + ": " + tally);
                all.addAll(tally);
            }
        }
        out.println(all + ", " + cpu().minus(before).toMillis() + " ms of processor time");
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
