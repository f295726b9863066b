package io.sabot.sqltests.logic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The records that do otherwise than the suite says, and why: rows {@code | FILE:LINE, LINE, … | reason |} of a page of the
 * documentation.
 */
public final class LogicExplanations {
    private static final Pattern ROW = Pattern.compile("\\| `([\\w/]+\\.test)` (\\d+(?:, \\d+)*) \\|(.*)\\|");

    private final Map<String, String> reasons;

    private LogicExplanations(Map<String, String> reasons) {
        this.reasons = reasons;
    }

    /** Reads a page. */
    public static LogicExplanations read(Path page) throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : Files.readAllLines(page)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(3).isBlank()) {
                for (String number : row.group(2).split(", ", -1)) {
                    reasons.put(row.group(1) + ":" + number, row.group(3).strip());
                }
            }
        }
        return new LogicExplanations(reasons);
    }

    public boolean explains(String place) {
        return reasons.containsKey(place);
    }

    /** The explained places that are not among these. */
    public List<String> without(Set<String> places) {
        return reasons.keySet().stream()
                .filter(place -> !places.contains(place))
                .toList();
    }
}
