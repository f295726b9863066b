package io.sabot.shell.run;

import java.nio.file.Path;

/** From what users type for an engine to its JDBC URL. */
public final class EngineUrl {
    private static final String PREFIX = "jdbc:sabot:";

    private EngineUrl() {}

    /** An engine of this process that forgets everything at its end. */
    public static String inMemory() {
        return PREFIX;
    }

    public static String ofDirectory(Path directory) {
        return PREFIX + directory.toAbsolutePath().normalize();
    }

    public static String ofServer(String hostAndPort) {
        return PREFIX + "//" + hostAndPort;
    }

    /** Whether the engine runs in this process, so that it ends with it. */
    public static boolean isEmbedded(String url) {
        return !url.startsWith(PREFIX + "//");
    }

    /** A URL as it is, {@code host:port}, or a directory. */
    static String of(String place) {
        if (place.startsWith("jdbc:")) {
            return place;
        }
        boolean isServer = place.matches("[^/\\\\]+:\\d+");
        return isServer ? ofServer(place) : ofDirectory(Path.of(place));
    }
}
