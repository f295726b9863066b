package io.sabot.server.session;

import io.sabot.catalog.Guess;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What {@code SET} has set in one session, checked. */
final class SessionSettings {
    private static final Pattern NUMBERS = Pattern.compile("\\s*[1-9]\\d{0,3}\\s*(,\\s*[1-9]\\d{0,3}\\s*)*");

    private final Map<String, String> values = new TreeMap<>();

    /** Sets a value; returns a warning when the setting has no effect. */
    Optional<String> set(String key, String value) {
        Optional<OptionSpec> spec = SettingSpecs.find(key);
        if (spec.isPresent()) {
            check(spec.get(), value);
        } else if (!SettingSpecs.isKnownElsewhere(key) && !key.startsWith("properties.")) {
            List<String> known =
                    SettingSpecs.all().stream().map(OptionSpec::key).toList();
            throw SabotException.of(ErrorCode.INVALID_PARAMETER, "setting '" + key + "' does not exist")
                    .why("SHOW SETTINGS lists all with what they do")
                    .hint(Guess.closest(key, known)
                            .map(guess -> "did you mean '" + guess + "'?")
                            .orElse("those of Sabot alone begin with 'sabot.'"));
        }
        values.put(key, value);
        return spec.isPresent() ? Optional.empty() : Optional.of("setting '" + key + "' is accepted and has no effect");
    }

    private static void check(OptionSpec spec, String value) {
        Optional<String> expected = Options.check(spec, value);
        if (expected.isEmpty() && spec.key().equals(SettingSpecs.TIME_ZONE) && !isZone(value)) {
            expected = Optional.of("a time zone such as 'UTC' or 'Europe/Berlin'");
        }
        if (spec.key().equals(SettingSpecs.RESTART_PARALLELISM)
                && !NUMBERS.matcher(value).matches()) {
            expected = Optional.of("whole numbers from 1 with commas between them");
        }
        boolean tooSmall = expected.isEmpty()
                && (spec.key().equals(SettingSpecs.PARALLELISM) || spec.key().equals(SettingSpecs.BATCH_ROWS))
                && Integer.parseInt(value.trim()) < 1;
        if (tooSmall) {
            expected = Optional.of("a whole number from 1");
        }
        expected.ifPresent(what -> {
            throw SabotException.of(
                            ErrorCode.INVALID_PARAMETER, "setting '" + spec.key() + "' cannot be '" + value + "'")
                    .why("it must be " + what);
        });
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text.trim());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    void reset(String key) {
        values.remove(key);
    }

    void resetAll() {
        values.clear();
    }

    /** What has been set. */
    Map<String, String> values() {
        return Map.copyOf(values);
    }

    private Options options() {
        return new Options(values, SettingSpecs.all());
    }

    /** Present value or default; empty when it has neither. */
    Optional<String> find(String key) {
        return options().find(key);
    }

    int parallelism() {
        return options().integer(SettingSpecs.PARALLELISM);
    }

    int batchRows() {
        return options().integer(SettingSpecs.BATCH_ROWS);
    }

    boolean epochAfterEachBatch() {
        return options().bool(SettingSpecs.EPOCH_AFTER_EACH_BATCH);
    }

    /** Batches behind which a query is restarted; 0 when it is not. */
    int restartAfterBatches() {
        return options().integer(SettingSpecs.RESTART_AFTER_BATCHES);
    }

    /** Parallelism behind each restart. */
    List<Integer> restartParallelism() {
        String list = options().find(SettingSpecs.RESTART_PARALLELISM).orElse("");
        return Arrays.stream(list.split(","))
                .map(number -> Integer.parseInt(number.trim()))
                .toList();
    }

    Duration checkpointInterval() {
        return options().duration(SettingSpecs.CHECKPOINT_INTERVAL);
    }

    /** Least time between two looks at what changed. */
    Duration epochGap() {
        return options().bool(SettingSpecs.MINI_BATCH)
                ? options().duration(SettingSpecs.MINI_BATCH_LATENCY)
                : Duration.ZERO;
    }

    Duration readYourWrites() {
        return options().duration(SettingSpecs.READ_YOUR_WRITES);
    }

    boolean waitsForDml() {
        return options().bool(SettingSpecs.DML_SYNC);
    }
}
