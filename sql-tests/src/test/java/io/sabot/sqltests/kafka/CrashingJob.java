package io.sabot.sqltests.kafka;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that runs the jobs of a data directory until its standard input ends, or until it is killed. */
public final class CrashingJob {
    private CrashingJob() {}

    /** Arguments: the data directory, then statements to run first. */
    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            for (int i = 1; i < arguments.length; i++) {
                statement.execute(arguments[i]);
            }
            System.out.println("running");
            int read;
            do {
                read = System.in.read();
            } while (read >= 0);
        }
    }
}
