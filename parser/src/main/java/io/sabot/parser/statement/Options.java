package io.sabot.parser.statement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of an object in the order written.
 *
 * @param entries each key once (the parser refuses a second)
 */
public record Options(List<OptionEntry> entries) {
    /** No options. */
    public static final Options NONE = new Options(List.of());

    public Options {
        entries = List.copyOf(entries);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Keys and values in the order written. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(entry.key(), entry.value()));
        return Collections.unmodifiableMap(map);
    }

    /** The entry of a key, for its value or to point at it. */
    public Optional<OptionEntry> find(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
}
