package io.sabot.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * The driver for {@code jdbc:sabot:} URLs, see {@link SabotUrl} for their forms.
 *
 * <p>Registered with {@link DriverManager} by its service file. Errors carry the engine's own text over several lines and
 * its SQLState.
 */
public final class SabotDriver extends UnregisteredDriver {
    static {
        try {
            DriverManager.registerDriver(new SabotDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new SabotFactory();
    }

    @Override
    protected DriverVersion createDriverVersion() {
        Version version = Version.CURRENT;
        return new DriverVersion(
                "Sabot JDBC Driver",
                version.text(),
                "Sabot",
                version.text(),
                false,
                version.major(),
                version.minor(),
                version.major(),
                version.minor());
    }

    @Override
    protected String getConnectStringPrefix() {
        return SabotUrl.PREFIX;
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return ((SabotConnection) connection).newMeta();
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties given) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        SabotUrl parsed = SabotUrl.parse(url);
        Properties info = ConnectionProperties.merge(given == null ? new Properties() : given, parsed.properties());
        Map<String, String> session = ConnectionProperties.ofSession(info);
        Transport transport = transport(parsed.target(), info);
        try {
            info.put(SabotConnection.TRANSPORT, transport);
            SabotConnection connection = (SabotConnection) factory.newConnection(this, factory, url, info);
            connection.open(session);
            handler.onConnectionInit(connection);
            if (parsed.target() instanceof Target.Remote remote
                    && !remote.database().isEmpty()) {
                connection.setSchema(remote.database());
            }
            return connection;
        } catch (RuntimeException | SQLException e) {
            transport.close();
            throw Failures.toSql(e);
        }
    }

    private static Transport transport(Target target, Properties info) throws SQLException {
        if (target instanceof Target.Remote remote) {
            return new HttpService(
                    remote,
                    Optional.ofNullable(info.getProperty(ConnectionProperties.USER)),
                    Optional.ofNullable(info.getProperty(ConnectionProperties.PASSWORD)));
        }
        Target.Embedded embedded = (Target.Embedded) target;
        if (isStandalone()) {
            throw Failures.of(
                    "08001",
                    "this driver jar reaches servers only: write jdbc:sabot://host:port, or use the plain jar");
        }
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.accepts(embedded))
                .max(Comparator.comparingInt(TransportProvider::priority))
                .orElseThrow(
                        () -> Failures.of(
                                "08001",
                                "no engine is on the class path: add sabot-server, or write jdbc:sabot://host:port for a server"))
                .open(embedded);
    }

    /** Whether this is the shaded jar, whose Avatica is not the engine's. */
    private static boolean isStandalone() {
        return Service.class.getName().startsWith("io.sabot.jdbc.");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties given) throws SQLException {
        Map<String, String> fromUrl = acceptsURL(url) ? SabotUrl.parse(url).properties() : Map.of();
        return ConnectionProperties.describe(
                ConnectionProperties.merge(given == null ? new Properties() : given, fromUrl));
    }
}
