package io.sabot.executor.expression;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Functions of texts, and a few of numbers, that work on one value at a time. Each is declared once, here. */
final class TextFunctions {
    private TextFunctions() {}

    static void declare(Functions functions) {
        functions.row("REGEXP", () -> {
            Patterns patterns = new Patterns();
            return (a, x) -> patterns.require(text(a[1])).matcher(text(a[0])).find();
        });
        functions.row("REGEXP_REPLACE", () -> {
            Patterns patterns = new Patterns();
            return (a, x) ->
                    patterns.require(text(a[1])).matcher(text(a[0])).replaceAll(Matcher.quoteReplacement(text(a[2])));
        });
        functions.row(
                "STR_TO_MAP",
                (a, x) -> toMap(text(a[0]), a.length > 1 ? text(a[1]) : ",", a.length > 2 ? text(a[2]) : "="));
        functions.row("SPLIT", (a, x) -> split(text(a[0]), text(a[1])));
        functions.row("IS_ALPHA", (a, x) -> matches(text(a[0]), Character::isLetter));
        functions.row("IS_DIGIT", (a, x) -> matches(text(a[0]), Character::isDigit));
        functions.row("IS_DECIMAL", (a, x) -> isDecimal(text(a[0])));
        functions.row("HEX", (a, x) -> hex(a[0]));
        functions.row("PARSE_URL", (a, x) -> parseUrl(text(a[0]), text(a[1]), a.length > 2 ? text(a[2]) : null));
        functions.row("URL_ENCODE", (a, x) -> URLEncoder.encode(text(a[0]), StandardCharsets.UTF_8));
        functions.row("URL_DECODE", (a, x) -> urlDecode(text(a[0])));
        functions.row(
                "LOG",
                (a, x) -> a.length == 1 ? Math.log(number(a[0])) : Math.log(number(a[1])) / Math.log(number(a[0])));
        functions.row("E", (a, x) -> Math.E);
        functions.declare(
                "UUID",
                (call, c) -> StrictNode.perRow(
                        RexTypes.of(call.getType()), "", (rows, arguments) -> putUuids(rows), List.of()));
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

    private static double number(Object argument) {
        return ((Number) argument).doubleValue();
    }

    /** Parts between separators; single characters when the separator is empty. */
    private static List<String> split(String text, String separator) {
        return Arrays.asList(separator.isEmpty() ? text.split("") : text.split(Pattern.quote(separator), -1));
    }

    /** Pairs between separators; a key without a value has NULL. */
    private static Map<String, @Nullable String> toMap(String text, String pairSeparator, String valueSeparator) {
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        for (String pair : text.split(pairSeparator, -1)) {
            String[] parts = pair.split(valueSeparator, 2);
            map.put(parts[0], parts.length > 1 ? parts[1] : null);
        }
        return map;
    }

    @FunctionalInterface
    private interface CharacterTest {
        boolean test(int codePoint);
    }

    private static boolean matches(String text, CharacterTest test) {
        return !text.isEmpty() && text.codePoints().allMatch(test::test);
    }

    private static boolean isDecimal(String text) {
        try {
            return !new BigDecimal(text.strip()).toString().isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String hex(Object argument) {
        if (argument instanceof Number number) {
            return Long.toHexString(number.longValue()).toUpperCase(Locale.ROOT);
        }
        StringBuilder hex = new StringBuilder();
        for (byte b : text(argument).getBytes(StandardCharsets.UTF_8)) {
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return hex.toString().toUpperCase(Locale.ROOT);
    }

    private static @Nullable String urlDecode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String parseUrl(String url, String part, @Nullable String key) {
        try {
            URI uri = new URI(url);
            if (key != null) {
                return part.equals("QUERY") ? queryValue(uri.getRawQuery(), key) : null;
            }
            return switch (part) {
                case "HOST" -> uri.getHost();
                case "PATH" -> uri.getRawPath();
                case "QUERY" -> uri.getRawQuery();
                case "REF" -> uri.getRawFragment();
                case "PROTOCOL" -> uri.getScheme();
                case "FILE" ->
                    uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
                case "AUTHORITY" -> uri.getRawAuthority();
                case "USERINFO" -> uri.getRawUserInfo();
                default -> null;
            };
        } catch (URISyntaxException e) {
            return null;
        }
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
