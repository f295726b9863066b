package io.sabot.shell;

import io.sabot.jdbc.SabotDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections with Sabot's driver; asking DriverManager would load every driver on the class path first. */
final class DriverOpener {
    private DriverOpener() {}

    static Connection open(String url, Properties properties) throws SQLException {
        Connection connection = new SabotDriver().connect(url, properties);
        if (connection == null) {
            throw new SQLException(
                    "ERROR 08001: '" + url + "' is no URL of Sabot; it must begin with jdbc:sabot:", "08001");
        }
        return connection;
    }
}
