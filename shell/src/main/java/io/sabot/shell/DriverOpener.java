package io.sabot.shell;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections with Sabot's driver. */
final class DriverOpener {
    private DriverOpener() {}

    static Connection open(String url, Properties properties) throws SQLException {
        return DriverManager.getConnection(url, properties);
    }
}
