package io.sabot.jdbc;

import java.sql.DriverPropertyInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;

/** Properties that the driver knows; any other is a setting of the session, as if given by {@code SET}. */
final class ConnectionProperties {
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String TIME_ZONE = "timeZone";
    static final String FETCH_SIZE = "fetchSize";
    static final String WAIT_FOR_JOBS = "wait_for_jobs";

    /** Avatica's name for {@link #FETCH_SIZE}. */
    private static final String AVATICA_FETCH_SIZE = "fetch_size";

    private static final String DEFAULT_FETCH_SIZE = "1000";
    private static final Set<String> DRIVER_ONLY =
            Set.of(PASSWORD, FETCH_SIZE, AVATICA_FETCH_SIZE, WAIT_FOR_JOBS, "database");

    private ConnectionProperties() {}

    /** What the driver works with: the URL's properties over those given beside it, and the defaults. */
    static Properties merge(Properties given, Map<String, String> fromUrl) {
        Properties merged = new Properties();
        for (String key : given.stringPropertyNames()) {
            merged.setProperty(key, given.getProperty(key));
        }
        merged.putAll(fromUrl);
        merged.putIfAbsent(TIME_ZONE, TimeZone.getDefault().getID());
        merged.setProperty(AVATICA_FETCH_SIZE, merged.getProperty(FETCH_SIZE, DEFAULT_FETCH_SIZE));
        return merged;
    }

    /** What the session is told. */
    static Map<String, String> ofSession(Properties merged) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String key : merged.stringPropertyNames()) {
            if (!DRIVER_ONLY.contains(key)) {
                properties.put(key, merged.getProperty(key));
            }
        }
        return properties;
    }

    static DriverPropertyInfo[] describe(Properties merged) {
        return new DriverPropertyInfo[] {
            info(merged, USER, "name for servers that ask for one"),
            info(merged, PASSWORD, "password for servers that ask for one"),
            info(merged, TIME_ZONE, "zone of the session and of java.sql.Timestamp"),
            info(merged, FETCH_SIZE, "rows asked for at a time"),
            info(merged, WAIT_FOR_JOBS, "whether close() waits for the jobs that the connection started"),
        };
    }

    private static DriverPropertyInfo info(Properties merged, String name, String description) {
        DriverPropertyInfo info = new DriverPropertyInfo(name, name.equals(PASSWORD) ? null : merged.getProperty(name));
        info.description = description;
        if (name.equals(WAIT_FOR_JOBS)) {
            info.choices = new String[] {"false", "true"};
        }
        return info;
    }
}
