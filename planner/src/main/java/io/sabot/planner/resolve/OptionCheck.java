package io.sabot.planner.resolve;

import io.sabot.catalog.Guess;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.ConnectorDescriptor.FormatUse;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.LookupOptions;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.parser.statement.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks the options of a table against what its connector and formats declare: unknown keys, missing ones, bad values.
 * Each error points at the key or the value.
 */
final class OptionCheck {
    /** Options that every table takes, whatever its connector. */
    private static final List<OptionSpec> COMMON = List.of(
            OptionSpec.optional("connector", OptionType.STRING, "name of the connector"),
            OptionSpec.optional(
                    "scan.watermark.idle-timeout",
                    OptionType.DURATION,
                    "after this long without rows a split no longer holds the watermark"),
            OptionSpec.optional(
                    AheadLimit.OPTION,
                    OptionType.DURATION,
                    "rows whose time is further ahead of the clock do not move the watermark"),
            OptionSpec.optional("scan.parallelism", OptionType.INT, "most tasks that read"),
            OptionSpec.optional("sink.parallelism", OptionType.INT, "most tasks that write"),
            OptionSpec.optional("sabot.*", OptionType.STRING, "options of Sabot's own"));

    private final Descriptors descriptors;
    private final Map<String, String> values;
    private final Options written;
    private final SqlSpan statement;

    /**
     * @param values all options that will hold, inherited ones too
     * @param written those of the statement, for their places
     */
    OptionCheck(Descriptors descriptors, Map<String, String> values, Options written, SqlSpan statement) {
        this.descriptors = descriptors;
        this.values = values;
        this.written = written;
        this.statement = statement;
    }

    void check(boolean hasPrimaryKey) {
        Map<String, OptionSpec> known = new LinkedHashMap<>();
        COMMON.forEach(option -> known.put(option.key(), option));
        LookupOptions.ALL.forEach(option -> known.put(option.key(), option));
        String name = values.get("connector");
        if (name != null) {
            ConnectorDescriptor connector = connector(name);
            connector.options().forEach(option -> known.put(option.key(), option));
            addFormats(connector, known);
            if (connector.needsPrimaryKey() && !hasPrimaryKey) {
                throw SabotException.of(ErrorCode.INVALID_DEFINITION, "connector '" + name + "' needs a PRIMARY KEY")
                        .at(valueSpan("connector"))
                        .hint("add PRIMARY KEY (…) NOT ENFORCED to the columns");
            }
            connector.oneOf().forEach(this::checkOneOf);
            checkChanges(connector);
            checkKeyed(connector, hasPrimaryKey);
        }
        values.forEach((key, value) -> checkOption(key, value, known));
        checkParallelism();
        known.values().stream()
                .filter(OptionSpec::required)
                .filter(option -> values.keySet().stream().noneMatch(option::matches))
                .findFirst()
                .ifPresent(option -> {
                    throw missing(option.key(), option.description());
                });
    }

    private void checkOneOf(List<String> keys) {
        List<String> given = keys.stream().filter(values::containsKey).toList();
        String names = "'" + String.join("' or '", keys) + "'";
        if (given.isEmpty()) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "option " + names + " is missing")
                    .at(valueSpan("connector"))
                    .hint("add '" + keys.get(0) + "' = '…' to WITH (…)");
        }
        if (given.size() > 1) {
            throw SabotException.of(
                            ErrorCode.INVALID_OPTION,
                            "options '" + String.join("' and '", given) + "' exclude each other")
                    .at(span(given.get(1), OptionEntry::keySpan));
        }
    }

    private ConnectorDescriptor connector(String name) {
        List<String> names =
                descriptors.connectors().stream().map(ConnectorDescriptor::name).toList();
        return descriptors.connector(name).orElseThrow(() -> unknown("connector", name, names, valueSpan("connector")));
    }

    private void addFormats(ConnectorDescriptor connector, Map<String, OptionSpec> known) {
        if (connector.formats() == FormatUse.NONE) {
            return;
        }
        known.putIfAbsent("format", OptionSpec.optional("format", OptionType.STRING, "format of the records"));
        boolean keyed = connector.formats() == FormatUse.KEY_AND_VALUE;
        if (keyed) {
            for (String part : List.of("key", "value")) {
                known.putIfAbsent(
                        part + ".format",
                        OptionSpec.optional(part + ".format", OptionType.STRING, "format of the " + part));
            }
        }
        addFormat(connector, "format", keyed ? List.of("", "value.") : List.of(""), known);
        if (keyed) {
            addFormat(connector, "value.format", List.of("value."), known);
            addFormat(connector, "key.format", List.of("key."), known);
        }
        if (!values.containsKey("format") && !values.containsKey("value.format")) {
            throw missing("format", "one of " + String.join(", ", formatNames()));
        }
    }

    private void addFormat(
            ConnectorDescriptor connector, String key, List<String> prefixes, Map<String, OptionSpec> known) {
        String name = values.get(key);
        if (name == null) {
            return;
        }
        FormatDescriptor format =
                descriptors.format(name).orElseThrow(() -> unknown("format", name, formatNames(), valueSpan(key)));
        if (connector.formats() == FormatUse.KEY_AND_VALUE && !format.records()) {
            throw SabotException.of(
                            ErrorCode.INVALID_OPTION,
                            "connector '" + connector.name() + "' does not take '" + name + "' as '" + key + "'")
                    .at(valueSpan(key))
                    .why("that format is for whole files")
                    .hint("use connector 'filesystem', or a format such as 'json' or 'avro'");
        }
        for (String front : prefixes) {
            format.options()
                    .forEach(option -> known.put(
                            front + name + "." + option.key(),
                            new OptionSpec(
                                    front + name + "." + option.key(),
                                    option.type(),
                                    option.required() && front.equals(prefixes.get(0)),
                                    option.defaultValue(),
                                    option.allowed(),
                                    option.description())));
        }
    }

    /** A connector whose keys say what records do to rows has no use for records that say it. */
    private void checkChanges(ConnectorDescriptor connector) {
        for (String key : List.of("format", "key.format", "value.format")) {
            boolean changes = Optional.ofNullable(values.get(key))
                    .flatMap(descriptors::format)
                    .map(FormatDescriptor::changelog)
                    .orElse(false);
            if (changes && (connector.needsPrimaryKey() || key.equals("key.format"))) {
                throw SabotException.of(
                                ErrorCode.INVALID_OPTION,
                                "connector '" + connector.name() + "' does not take '" + values.get(key) + "' as '"
                                        + key + "'")
                        .at(valueSpan(key))
                        .why("records of that format are changes; this one needs plain rows")
                        .hint(connector.needsPrimaryKey() ? "use connector 'kafka', or a format such as 'json'" : "");
            }
        }
    }

    /** A key that comes again in a topic of plain rows is another row, so nothing may be planned on it. */
    private void checkKeyed(ConnectorDescriptor connector, boolean hasPrimaryKey) {
        String format = values.getOrDefault("value.format", values.getOrDefault("format", ""));
        boolean plainRows = connector.formats() == FormatUse.KEY_AND_VALUE
                && !connector.needsPrimaryKey()
                && !descriptors.format(format).map(FormatDescriptor::changelog).orElse(false);
        if (plainRows && hasPrimaryKey) {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "connector '" + connector.name() + "' with format '" + format + "' takes no PRIMARY KEY")
                    .at(valueSpan("connector"))
                    .why("its records are rows one behind the other: a key that comes again is another row")
                    .hint("use connector 'upsert-kafka', where it is the newest row of its key, or leave out the key");
        }
    }

    private List<String> formatNames() {
        return descriptors.formats().stream().map(FormatDescriptor::name).toList();
    }

    private void checkOption(String key, String value, Map<String, OptionSpec> known) {
        Optional<OptionSpec> spec =
                known.values().stream().filter(option -> option.matches(key)).findFirst();
        if (spec.isEmpty()) {
            String of = values.containsKey("connector") ? " of connector '" + values.get("connector") + "'" : "";
            throw unknown("option" + of, key, takenKeys(known), span(key, OptionEntry::keySpan));
        }
        if (spec.get().type() == OptionType.REFUSED) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "option '" + key + "' is not supported")
                    .at(span(key, OptionEntry::keySpan))
                    .why(inSentence(spec.get().description()))
                    .hint("leave it out");
        }
        io.sabot.catalog.connector.Options.check(spec.get(), value).ifPresent(expected -> {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "option '" + key + "' does not take '" + value + "'")
                    .at(valueSpan(key))
                    .why("it takes " + expected);
        });
    }

    private static List<String> takenKeys(Map<String, OptionSpec> known) {
        return known.values().stream()
                .filter(option -> option.type() != OptionType.REFUSED)
                .map(OptionSpec::key)
                .toList();
    }

    private void checkParallelism() {
        for (String key : List.of("scan.parallelism", "sink.parallelism")) {
            String value = values.get(key);
            if (value != null && Integer.parseInt(value.trim()) < 1) {
                throw SabotException.of(ErrorCode.INVALID_OPTION, "option '" + key + "' does not take '" + value + "'")
                        .at(valueSpan(key))
                        .why("it takes a whole number from 1");
            }
        }
    }

    private SabotException unknown(String what, String name, List<String> names, SqlSpan span) {
        String kind = what.split(" ", 2)[0];
        SabotException error = SabotException.of(ErrorCode.INVALID_OPTION, "unknown " + kind + " '" + name + "'")
                .at(span)
                .why((what.equals(kind)
                                ? "there are " + kind + "s "
                                : "options" + what.substring(kind.length()) + " are ")
                        + (names.isEmpty() ? "none" : String.join(", ", names)));
        return Guess.closest(name, names)
                .map(guess -> error.hint("did you mean '" + guess + "'?"))
                .orElse(error);
    }

    private SabotException missing(String key, String description) {
        return SabotException.of(ErrorCode.INVALID_OPTION, "option '" + key + "' is missing")
                .at(valueSpan("connector"))
                .why("'" + key + "' is " + inSentence(description))
                .hint("add '" + key + "' = '…' to WITH (…)");
    }

    /** A description may begin with a capital; a word of capitals stays as it is. */
    private static String inSentence(String description) {
        boolean word = description.length() > 1
                && (Character.isLowerCase(description.charAt(1)) || description.charAt(1) == ' ');
        return word ? description.substring(0, 1).toLowerCase(Locale.ROOT) + description.substring(1) : description;
    }

    private SqlSpan valueSpan(String key) {
        return span(key, OptionEntry::valueSpan);
    }

    private SqlSpan span(String key, Function<OptionEntry, SqlSpan> part) {
        return written.find(key).map(part).orElse(statement);
    }
}
