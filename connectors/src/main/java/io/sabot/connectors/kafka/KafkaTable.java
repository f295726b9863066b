package io.sabot.connectors.kafka;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a table's options say, as far as they concern reading and writing alike. */
final class KafkaTable {
    static final String UPSERT = "upsert-kafka";
    private static final String SUBJECT = "subject";

    private final Table table;
    private final boolean upserts;
    private final Options options;
    private final List<String> keyFields;
    private final boolean valueHasKey;
    private final String keyPrefix;

    KafkaTable(Table table) {
        this.table = table;
        this.upserts = table.connector().orElse("").equals(UPSERT);
        this.options = new Options(table.options(), upserts ? KafkaOptions.UPSERT_SPECS : KafkaOptions.SPECS);
        this.keyFields = upserts ? table.primaryKey() : options.list(KafkaOptions.KEY_FIELDS);
        this.valueHasKey = options.choice(KafkaOptions.VALUE_FIELDS_INCLUDE).equals("ALL");
        this.keyPrefix = options.text(KafkaOptions.KEY_FIELDS_PREFIX);
        checkFormats();
        checkKeyFields();
    }

    private void checkFormats() {
        boolean format = options.find(KafkaOptions.FORMAT).isPresent();
        boolean valueFormat = options.find(KafkaOptions.VALUE_FORMAT).isPresent();
        if (format == valueFormat) {
            throw invalid(
                    format
                            ? "options 'format' and 'value.format' mean the same; only one may be given"
                            : "option 'format' is missing",
                    "write for instance 'format' = 'json'");
        }
        boolean keyFormat = options.find(KafkaOptions.KEY_FORMAT).isPresent();
        if (keyFormat && keyFields.isEmpty()) {
            throw invalid(
                    "option 'key.format' needs 'key.fields'",
                    "name the columns that keys hold, for instance 'key.fields' = 'id'");
        }
        if (!keyFormat && !keyFields.isEmpty()) {
            throw invalid("option 'key.fields' needs 'key.format'", "write for instance 'key.format' = 'json'");
        }
    }

    private void checkKeyFields() {
        for (String field : keyFields) {
            if (table.physicalSchema().indexOf(field).isEmpty()) {
                throw invalid(
                                (upserts ? "the primary key" : "option 'key.fields'") + " names '" + field
                                        + "', which is no column of the table's records",
                                "")
                        .why("its columns are "
                                + String.join(
                                        ", ",
                                        table.physicalSchema().fields().stream()
                                                .map(Field::name)
                                                .toList()));
            }
            if (!field.startsWith(keyPrefix)) {
                throw invalid(
                        "column '" + field + "' of " + (upserts ? "the primary key" : "'key.fields'")
                                + " does not begin with '" + keyPrefix + "'",
                        "all key columns begin with 'key.fields-prefix'");
            }
        }
        if (!keyPrefix.isEmpty() && valueHasKey) {
            throw invalid(
                    "option 'key.fields-prefix' needs 'value.fields-include' = 'EXCEPT_KEY'",
                    "values cannot hold the key's columns under names with a prefix");
        }
    }

    static SabotException invalid(String what, String hint) {
        return SabotException.of(ErrorCode.INVALID_OPTION, what).hint(hint);
    }

    String name() {
        return table.name().toString();
    }

    Options options() {
        return options;
    }

    /** Whether the user wrote an option. */
    boolean gives(String key) {
        return table.options().containsKey(key);
    }

    /** Settings for Kafka's clients. */
    Map<String, String> clientSettings() {
        return options.withPrefix(KafkaOptions.PROPERTIES);
    }

    String bootstrapServers() {
        return options.text(KafkaOptions.BOOTSTRAP_SERVERS);
    }

    /** Name of the format of values. */
    String valueFormat() {
        return options.find(KafkaOptions.VALUE_FORMAT).orElseGet(() -> options.text(KafkaOptions.FORMAT));
    }

    /** Name of the format of keys; empty when keys are neither read nor written. */
    Optional<String> keyFormat() {
        return options.find(KafkaOptions.KEY_FORMAT);
    }

    Options valueFormatOptions(FormatFactory format) {
        boolean isLong = options.find(KafkaOptions.VALUE_FORMAT).isPresent();
        return formatOptions(format, isLong ? "value." : "", "-value");
    }

    Options keyFormatOptions(FormatFactory format) {
        return formatOptions(format, "key.", "-key");
    }

    /** A format that registers schemas does so under the topic's name unless told otherwise. */
    private Options formatOptions(FormatFactory format, String prefix, String subjectSuffix) {
        String name = format.descriptor().name();
        Map<String, String> written = new HashMap<>(options.withPrefix(prefix + name + "."));
        boolean takesSubject = format.descriptor().options().stream()
                .anyMatch(option -> option.key().equals(SUBJECT));
        List<String> topics = options.list(KafkaOptions.TOPIC);
        if (takesSubject && topics.size() == 1) {
            written.putIfAbsent(SUBJECT, topics.get(0) + subjectSuffix);
        }
        return new Options(written, format.descriptor().options());
    }

    /** Names of the columns that keys hold, as the table calls them; in the order of the option. */
    List<String> keyFields() {
        return keyFields;
    }

    /** Whether a record is the newest row of its key, and one without a value deletes it. */
    boolean upserts() {
        return upserts;
    }

    /** Whether a physical column is read from the key. A record that deletes has nothing else. */
    boolean readFromKey(String column) {
        return upserts ? keyFields.contains(column) : onlyInKey(column);
    }

    /** Whether a physical column stands in the key alone. */
    boolean onlyInKey(String column) {
        return !valueHasKey && keyFields.contains(column);
    }

    /** What the key calls a column. */
    String nameInKey(String column) {
        return column.substring(keyPrefix.length());
    }

    /** The columns of keys, under the names that keys have for them. */
    Schema keySchema() {
        List<Field> fields = new ArrayList<>();
        Schema physical = table.physicalSchema();
        for (String column : keyFields) {
            physical.indexOf(column).ifPresent(index -> fields.add(new Field(nameInKey(column), physical.type(index))));
        }
        return new Schema(fields);
    }

    /** The columns of values. */
    Schema valueSchema() {
        return new Schema(table.physicalSchema().fields().stream()
                .filter(field -> !onlyInKey(field.name()))
                .toList());
    }

    /** Topics named one by one; empty when a pattern is given. */
    List<String> topics() {
        List<String> topics = options.list(KafkaOptions.TOPIC);
        boolean hasPattern = options.find(KafkaOptions.TOPIC_PATTERN).isPresent();
        if (topics.isEmpty() != hasPattern) {
            throw invalid(
                    hasPattern ? "options 'topic' and 'topic-pattern' exclude each other" : "option 'topic' is missing",
                    "");
        }
        return topics;
    }

    /** The topics as an error message names them. */
    String topicNames() {
        return "'" + options.find(KafkaOptions.TOPIC).orElseGet(() -> options.text(KafkaOptions.TOPIC_PATTERN)) + "'";
    }

    /** The pattern that names of topics must match. */
    Optional<Pattern> topicPattern() {
        return options.find(KafkaOptions.TOPIC_PATTERN).map(text -> {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw invalid(
                                "option 'topic-pattern' has the value '" + text
                                        + "', which is not a regular expression",
                                "")
                        .why(e.getDescription())
                        .causedBy(e);
            }
        });
    }

    /** The connection as settings that every client needs. */
    ClientSettings client() {
        return new ClientSettings(bootstrapServers(), clientSettings());
    }
}
