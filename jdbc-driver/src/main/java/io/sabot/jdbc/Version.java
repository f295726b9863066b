package io.sabot.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into {@code version.properties}. */
record Version(String text, int major, int minor) {
    static final Version CURRENT = read();

    private static Version read() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = properties.getProperty("version", "0.0");
        String[] parts = text.split("[^0-9]+", -1);
        return new Version(text, number(parts, 0), number(parts, 1));
    }

    private static int number(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
    }
}
