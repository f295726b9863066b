package io.sabot.jdbc;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed URL.
 *
 * <pre>
 * jdbc:sabot:                         the engine in memory of this process
 * jdbc:sabot:mem:NAME                 another engine in memory
 * jdbc:sabot:/path/dir, ./dir, ../dir a durable engine in this process
 * jdbc:sabot://host[:port][/database] a server
 * </pre>
 *
 * Each may end in {@code ?key=value&key=value}, URL-encoded.
 */
record SabotUrl(Target target, Map<String, String> properties) {
    static final String PREFIX = "jdbc:sabot:";
    static final int DEFAULT_PORT = 8765;

    SabotUrl {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    static SabotUrl parse(String url) throws SQLException {
        String rest = url.substring(PREFIX.length());
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        return new SabotUrl(
                target(url, place), question < 0 ? Map.of() : properties(url, rest.substring(question + 1)));
    }

    private static Target target(String url, String place) throws SQLException {
        if (place.isEmpty()) {
            return new Target.Embedded("", Optional.empty());
        }
        if (place.startsWith("mem:") && place.length() > 4) {
            return new Target.Embedded(place.substring(4), Optional.empty());
        }
        if (place.startsWith("//")) {
            return remote(url, place);
        }
        if (place.startsWith("/") || place.startsWith("./") || place.startsWith("../") || isDrive(place)) {
            try {
                return new Target.Embedded("", Optional.of(Path.of(place)));
            } catch (InvalidPathException e) {
                throw refused(url, "the path cannot be used: " + e.getReason());
            }
        }
        throw refused(url, "behind 'jdbc:sabot:' stands nothing, mem:NAME, /path, ./path or //host:port");
    }

    private static boolean isDrive(String place) {
        return place.length() > 2 && place.charAt(1) == ':' && "/\\".indexOf(place.charAt(2)) >= 0;
    }

    private static Target remote(String url, String place) throws SQLException {
        try {
            URI uri = new URI("sabot:" + place);
            String host = uri.getHost();
            if (host == null) {
                throw refused(url, "it names no host");
            }
            String database = uri.getPath() == null || uri.getPath().length() < 2
                    ? ""
                    : uri.getPath().substring(1);
            return new Target.Remote(
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    database);
        } catch (URISyntaxException e) {
            throw refused(url, e.getReason());
        }
    }

    private static Map<String, String> properties(String url, String query) throws SQLException {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    properties.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                } catch (IllegalArgumentException e) {
                    throw refused(url, "'" + pair + "' is not URL-encoded");
                }
            } else if (!pair.isEmpty()) {
                throw refused(url, "'" + pair + "' has no value; write key=value");
            }
        }
        return properties;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static SQLException refused(String url, String why) {
        return Failures.of("08001", "the URL '" + url + "' is not understood: " + why);
    }
}
