package io.sabot.connectors.datagen;

import io.sabot.catalog.Guess;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code fields.NAME.…} says of one field; NAME has dots where the field lies in a row. */
final class FieldOptions {
    static final List<String> KEYS =
            List.of("kind", "min", "max", "max-past", "length", "var-len", "start", "end", "null-rate");

    private final String prefix;
    private final Options options;

    FieldOptions(String field, Options options) {
        this.prefix = "fields." + field + ".";
        this.options = options;
    }

    /** Refuses options of fields that the table does not have. */
    static void check(Map<String, String> written, Set<String> fields) {
        for (String key : written.keySet()) {
            int end = key.lastIndexOf('.');
            if (!key.startsWith("fields.") || end < 7) {
                continue;
            }
            String field = key.substring(7, end);
            if (!fields.contains(field)) {
                SabotException error = SabotException.of(
                                ErrorCode.INVALID_OPTION,
                                "option '" + key + "' is for a field that the table does not have")
                        .why("fields are " + String.join(", ", fields));
                throw Guess.closest(field, fields)
                        .map(guess -> error.hint("did you mean 'fields." + guess + key.substring(end) + "'?"))
                        .orElse(error);
            }
        }
    }

    boolean isSequence() {
        String kind = text("kind").orElse("random").trim().toLowerCase(Locale.ROOT);
        if (!kind.equals("random") && !kind.equals("sequence")) {
            throw invalid("kind", kind, "'random' or 'sequence'");
        }
        return kind.equals("sequence");
    }

    Optional<BigDecimal> number(String key) {
        return text(key).map(value -> {
            try {
                return new BigDecimal(value.trim());
            } catch (NumberFormatException e) {
                throw invalid(key, value, "a number").causedBy(e);
            }
        });
    }

    /** A number from {@code least} to {@code greatest}, or its default. */
    long whole(String key, long least, long greatest, long byDefault) {
        return number(key)
                .map(value -> {
                    boolean inside = value.compareTo(BigDecimal.valueOf(least)) >= 0
                            && value.compareTo(BigDecimal.valueOf(greatest)) <= 0
                            && value.stripTrailingZeros().scale() <= 0;
                    if (!inside) {
                        throw invalid(key, value.toString(), "a whole number from " + least + " to " + greatest);
                    }
                    return value.longValueExact();
                })
                .orElse(byDefault);
    }

    /** A number that a sequence cannot do without. */
    long bound(String key) {
        if (text(key).isEmpty()) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "option '" + prefix + key + "' is missing")
                    .why("the field is of kind 'sequence'");
        }
        return whole(key, Long.MIN_VALUE, Long.MAX_VALUE, 0);
    }

    boolean flag(String key) {
        return text(key).map(value -> value.trim().equalsIgnoreCase("true")).orElse(false);
    }

    Duration duration(String key) {
        return text(key)
                .map(value ->
                        Options.parseDuration(value).orElseThrow(() -> invalid(key, value, "a duration such as '5 s'")))
                .orElse(Duration.ZERO);
    }

    Optional<String> text(String key) {
        return options.find(prefix + key);
    }

    SabotException invalid(String key, String value, String expected) {
        return SabotException.of(
                ErrorCode.INVALID_OPTION,
                "option '" + prefix + key + "' has the value '" + value + "', which is not " + expected);
    }

    static OptionType type(String key) {
        return switch (key) {
            case "length", "start", "end" -> OptionType.LONG;
            case "null-rate" -> OptionType.DOUBLE;
            case "max-past" -> OptionType.DURATION;
            case "var-len" -> OptionType.BOOLEAN;
            default -> OptionType.STRING;
        };
    }
}
