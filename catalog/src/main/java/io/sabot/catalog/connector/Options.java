package io.sabot.catalog.connector;

import io.sabot.catalog.CatalogException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options as typed values: what the user gave, else the default of the {@link OptionSpec}.
 *
 * <p>Values that do not parse are refused by {@link #check}; after it the accessors cannot fail.
 */
public final class Options {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("\\s*(\\d+)\\s*([a-zA-Zµ]*)\\s*");

    private final Map<String, String> values;
    private final List<OptionSpec> specs;

    /** Options written by a user, read by these specifications. */
    public Options(Map<String, String> values, List<OptionSpec> specs) {
        this.values = Map.copyOf(values);
        this.specs = List.copyOf(specs);
    }

    /** Text of an option, or its default; empty when it has neither. */
    public Optional<String> find(String key) {
        String written = values.get(key);
        return written != null ? Optional.of(written) : spec(key).flatMap(OptionSpec::defaultValue);
    }

    /** Text of an option that is required or has a default. */
    public String text(String key) {
        return find(key)
                .orElseThrow(() -> new CatalogException(
                        CatalogException.Kind.INVALID_OPTION, key, "option '" + key + "' is missing", "", ""));
    }

    /** An option of type BOOLEAN. */
    public boolean bool(String key) {
        return text(key).trim().equalsIgnoreCase("true");
    }

    /** An option of type INT. */
    public int integer(String key) {
        return Integer.parseInt(text(key).trim());
    }

    /** An option of type LONG. */
    public long longInteger(String key) {
        return Long.parseLong(text(key).trim());
    }

    /** An option of type DURATION. */
    public Duration duration(String key) {
        return parseDuration(text(key)).orElseThrow(() -> invalid(key, "a duration such as '5 s'"));
    }

    /** An option of type MEMORY_SIZE, in bytes. */
    public long bytes(String key) {
        return parseBytes(text(key)).orElseThrow(() -> invalid(key, "a size such as '64 mb'"));
    }

    /** An option of type LIST: texts between semicolons, blanks around them removed. */
    public List<String> list(String key) {
        return find(key).stream()
                .flatMap(text -> Arrays.stream(text.split(";")))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** An option of type ENUM, in the spelling of its specification. */
    public String choice(String key) {
        String written = text(key).trim();
        return spec(key).stream()
                .flatMap(spec -> spec.allowed().stream())
                .filter(value -> value.equalsIgnoreCase(written))
                .findFirst()
                .orElseThrow(() -> invalid(key, "one of the allowed values"));
    }

    /** Every option whose key begins with {@code prefix}, with the prefix taken off. */
    public Map<String, String> withPrefix(String prefix) {
        Map<String, String> found = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private Optional<OptionSpec> spec(String key) {
        return specs.stream().filter(spec -> spec.matches(key)).findFirst();
    }

    private CatalogException invalid(String key, String expected) {
        return new CatalogException(
                CatalogException.Kind.INVALID_OPTION,
                key,
                "option '" + key + "' has the value '" + find(key).orElse("") + "', which is not " + expected,
                "",
                "");
    }

    /** Whether the text is a value of the option's type; the answer is empty when it is, else what was expected. */
    public static Optional<String> check(OptionSpec spec, String text) {
        String trimmed = text.trim();
        boolean fits = switch (spec.type()) {
            case STRING, LIST -> true;
            case BOOLEAN -> trimmed.equalsIgnoreCase("true") || trimmed.equalsIgnoreCase("false");
            case INT -> parses(() -> Integer.parseInt(trimmed));
            case LONG -> parses(() -> Long.parseLong(trimmed));
            case DOUBLE -> parses(() -> Double.parseDouble(trimmed));
            case DURATION -> parseDuration(text).isPresent();
            case MEMORY_SIZE -> parseBytes(text).isPresent();
            case ENUM -> spec.allowed().stream().anyMatch(trimmed::equalsIgnoreCase);
            case REFUSED -> false;
        };
        if (fits) {
            return Optional.empty();
        }
        return Optional.of(
                switch (spec.type()) {
                    case STRING, LIST -> "a text";
                    case BOOLEAN -> "'true' or 'false'";
                    case INT, LONG -> "a whole number";
                    case DOUBLE -> "a number";
                    case DURATION -> "a duration such as '5 s' or '1 min'";
                    case MEMORY_SIZE -> "a size such as '64 mb'";
                    case ENUM -> "one of " + String.join(", ", spec.allowed());
                    case REFUSED -> "nothing";
                });
    }

    private static boolean parses(Runnable parser) {
        try {
            parser.run();
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Reads {@code 5 s}, {@code 100ms}, {@code 1 min}, {@code 2h}, {@code 1 d}; a bare number is milliseconds. */
    public static Optional<Duration> parseDuration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> Optional.of(Duration.ofNanos(count));
                case "us", "µs", "micro", "micros", "microsecond", "microseconds" ->
                    Optional.of(Duration.ofNanos(Math.multiplyExact(count, 1000L)));
                case "", "ms", "milli", "millis", "millisecond", "milliseconds" ->
                    Optional.of(Duration.ofMillis(count));
                case "s", "sec", "secs", "second", "seconds" -> Optional.of(Duration.ofSeconds(count));
                case "m", "min", "mins", "minute", "minutes" -> Optional.of(Duration.ofMinutes(count));
                case "h", "hour", "hours" -> Optional.of(Duration.ofHours(count));
                case "d", "day", "days" -> Optional.of(Duration.ofDays(count));
                default -> Optional.empty();
            };
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Reads {@code 128MB}, {@code 64 kb}, {@code 1g}; a bare number is bytes. */
    public static Optional<Long> parseBytes(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                case "", "b", "bytes" -> Optional.of(count);
                case "k", "kb", "kibibytes" -> Optional.of(Math.multiplyExact(count, 1L << 10));
                case "m", "mb", "mebibytes" -> Optional.of(Math.multiplyExact(count, 1L << 20));
                case "g", "gb", "gibibytes" -> Optional.of(Math.multiplyExact(count, 1L << 30));
                case "t", "tb", "tebibytes" -> Optional.of(Math.multiplyExact(count, 1L << 40));
                default -> Optional.empty();
            };
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
