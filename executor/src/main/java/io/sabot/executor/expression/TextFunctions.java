package io.sabot.executor.expression;

import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Functions of texts, and a few of numbers, that work on one value at a time. Each is declared once, here. */
final class TextFunctions {
    private TextFunctions() {}

    static void declare(Functions functions) {
        functions.row(
                "STR_TO_MAP",
                (a, x) -> toMap(text(a[0]), a.length > 1 ? text(a[1]) : ",", a.length > 2 ? text(a[2]) : "="));
        functions.row("SPLIT", (a, x) -> split(text(a[0]), text(a[1])));
        functions.nullableRow("IS_ALPHA", (a, x) -> matches(a[0], Character::isLetter));
        functions.nullableRow("IS_DIGIT", (a, x) -> matches(a[0], Character::isDigit));
        functions.nullableRow("IS_DECIMAL", (a, x) -> isDecimal(a[0]));
        functions.row("PARSE_URL", (a, x) -> parseUrl(text(a[0]), text(a[1]), a.length > 2 ? text(a[2]) : null));
        functions.row("URL_ENCODE", (a, x) -> URLEncoder.encode(text(a[0]), StandardCharsets.UTF_8));
        functions.row("URL_DECODE", (a, x) -> urlDecode(text(a[0])));
        functions.declare(
                "UUID",
                (call, c) -> StrictNode.perRow(
                        RexTypes.of(call.getType()), Origin.NONE, (rows, arguments) -> putUuids(rows), List.of()));
    }

    private static void putUuids(Rows rows) {
        for (int i = 0; i < rows.count(); i++) {
            rows.putText(i, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** An argument that is a text. */
    static String text(Object argument) {
        return argument instanceof ByteString bytes
                ? new String(bytes.getBytes(), StandardCharsets.UTF_8)
                : (String) argument;
    }

    /** The bytes of an argument that is a text, or bytes. */
    static byte[] bytes(Object argument) {
        return argument instanceof ByteString bytes
                ? bytes.getBytes()
                : ((String) argument).getBytes(StandardCharsets.UTF_8);
    }

    /** Parts between separators; single characters when the separator is empty. */
    private static List<String> split(String text, String separator) {
        if (text.isEmpty()) {
            return List.of();
        }
        return List.of(separator.isEmpty() ? text.split("", 0) : text.split(Pattern.quote(separator), -1));
    }

    /** Pairs between separators; a key without a value has NULL. */
    private static Map<String, @Nullable String> toMap(String text, String pairSeparator, String valueSeparator) {
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return map;
        }
        for (String pair : text.split(pairSeparator, 0)) {
            String[] parts = pair.split(valueSeparator, 2);
            map.put(parts[0], parts.length > 1 ? parts[1] : null);
        }
        return map;
    }

    @FunctionalInterface
    private interface CharacterTest {
        boolean test(int codePoint);
    }

    private static boolean matches(@Nullable Object argument, CharacterTest test) {
        return argument instanceof String text
                && !text.isEmpty()
                && text.codePoints().allMatch(test::test);
    }

    private static boolean isDecimal(@Nullable Object argument) {
        if (!(argument instanceof String text)) {
            return argument instanceof Number;
        }
        try {
            return !new BigDecimal(text.strip()).toString().isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static @Nullable String urlDecode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A part of a URL of a protocol that Java knows, as Java's own parser cuts it: blanks and other raw characters pass. */
    private static @Nullable String parseUrl(String text, String part, @Nullable String key) {
        URL url;
        try {
            url = new URL(text);
        } catch (MalformedURLException e) {
            return null;
        }
        if (key != null) {
            return part.equals("QUERY") ? queryValue(url.getQuery(), key) : null;
        }
        return switch (part) {
            case "HOST" -> url.getHost();
            case "PATH" -> url.getPath();
            case "QUERY" -> url.getQuery();
            case "REF" -> url.getRef();
            case "PROTOCOL" -> url.getProtocol();
            case "FILE" -> url.getFile();
            case "AUTHORITY" -> url.getAuthority();
            case "USERINFO" -> url.getUserInfo();
            default -> null;
        };
    }

    private static @Nullable String queryValue(@Nullable String query, String key) {
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (pair.startsWith(key + "=")) {
                    return pair.substring(key.length() + 1);
                }
            }
        }
        return null;
    }
}
