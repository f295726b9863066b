package io.sabot.jdbc;

import org.apache.calcite.avatica.AvaticaDatabaseMetaData;

/** What tools ask about the engine. */
final class SabotDatabaseMetaData extends AvaticaDatabaseMetaData {
    private final SabotConnection connection;

    SabotDatabaseMetaData(SabotConnection connection) {
        super(connection);
        this.connection = connection;
    }

    @Override
    public String getUserName() {
        return connection.property(ConnectionProperties.USER, "");
    }
}
