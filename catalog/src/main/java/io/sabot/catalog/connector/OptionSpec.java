package io.sabot.catalog.connector;

import java.util.List;
import java.util.Optional;

/**
 * One option of a connector or format.
 *
 * @param key the key; {@code prefix.*} stands for every key with that prefix, {@code a.#.b} for any one part in the middle
 * @param allowed the values of an {@link OptionType#ENUM}, in the order shown to users
 * @param defaultValue what holds when the option is not given
 */
public record OptionSpec(
        String key,
        OptionType type,
        boolean required,
        Optional<String> defaultValue,
        List<String> allowed,
        String description) {
    public OptionSpec {
        allowed = List.copyOf(allowed);
    }

    /** An option that may be left out and has no default. */
    public static OptionSpec optional(String key, OptionType type, String description) {
        return new OptionSpec(key, type, false, Optional.empty(), List.of(), description);
    }

    /** An option that is refused by name; the description says why, and what to do. */
    public static OptionSpec refused(String key, String description) {
        return optional(key, OptionType.REFUSED, description);
    }

    /** An option that must be given. */
    public static OptionSpec required(String key, OptionType type, String description) {
        return new OptionSpec(key, type, true, Optional.empty(), List.of(), description);
    }

    /** An option with a default. */
    public static OptionSpec defaulted(String key, OptionType type, String defaultValue, String description) {
        return new OptionSpec(key, type, false, Optional.of(defaultValue), List.of(), description);
    }

    /** An option that takes one of a few values, the first of which is the default. */
    public static OptionSpec choice(String key, String description, String... allowed) {
        return new OptionSpec(key, OptionType.ENUM, false, Optional.of(allowed[0]), List.of(allowed), description);
    }

    /** Whether a key that a user wrote is this option. */
    public boolean matches(String written) {
        if (key.endsWith(".*")) {
            return written.startsWith(key.substring(0, key.length() - 1)) && written.length() > key.length() - 1;
        }
        int hash = key.indexOf(".#.");
        if (hash >= 0) {
            String head = key.substring(0, hash + 1);
            String tail = key.substring(hash + 2);
            return written.length() > head.length() + tail.length()
                    && written.startsWith(head)
                    && written.endsWith(tail);
        }
        return key.equals(written);
    }
}
