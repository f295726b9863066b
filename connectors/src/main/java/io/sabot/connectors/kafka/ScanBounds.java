package io.sabot.connectors.kafka;

import io.sabot.catalog.connector.Options;
import java.util.Optional;

/**
 * Where a scan begins and ends.
 *
 * @param capped whether it ends at the latest offsets of its start even where {@code end} says a later one
 */
record ScanBounds(Offsets start, Optional<Offsets> end, boolean capped) {
    /** What the options say, for a scan that must end if {@code ends}. */
    static ScanBounds of(KafkaTable table, boolean ends) {
        Offsets start = table.upserts() || (ends && !table.gives(KafkaOptions.STARTUP_MODE))
                ? new Offsets.Earliest()
                : offsets(
                        table, KafkaOptions.STARTUP_MODE, KafkaOptions.STARTUP_OFFSETS, KafkaOptions.STARTUP_TIMESTAMP);
        boolean unbounded = table.options().choice(KafkaOptions.BOUNDED_MODE).equals(KafkaOptions.UNBOUNDED);
        if (!unbounded) {
            Offsets end = offsets(
                    table, KafkaOptions.BOUNDED_MODE, KafkaOptions.BOUNDED_OFFSETS, KafkaOptions.BOUNDED_TIMESTAMP);
            return new ScanBounds(start, Optional.of(end), ends);
        }
        return new ScanBounds(start, ends ? Optional.of(new Offsets.Latest()) : Optional.empty(), ends);
    }

    private static Offsets offsets(KafkaTable table, String modeKey, String offsetsKey, String timestampKey) {
        Options options = table.options();
        String mode = options.choice(modeKey);
        return switch (mode) {
            case KafkaOptions.EARLIEST -> new Offsets.Earliest();
            case KafkaOptions.LATEST -> new Offsets.Latest();
            case KafkaOptions.TIMESTAMP -> {
                need(table, modeKey, mode, timestampKey);
                yield new Offsets.Timestamp(options.longInteger(timestampKey));
            }
            case KafkaOptions.SPECIFIC -> {
                need(table, modeKey, mode, offsetsKey);
                if (table.topics().size() != 1) {
                    throw KafkaTable.invalid(
                            "option '" + modeKey + "' = 'specific-offsets' needs exactly one topic", "");
                }
                Offsets others =
                        modeKey.equals(KafkaOptions.STARTUP_MODE) ? new Offsets.Earliest() : new Offsets.Latest();
                yield new Offsets.Specific(Offsets.Specific.parse(offsetsKey, options.text(offsetsKey)), others);
            }
            case KafkaOptions.GROUP -> {
                if (options.find(KafkaOptions.GROUP_ID).isEmpty()) {
                    throw KafkaTable.invalid(
                                    "option 'properties.group.id' is missing",
                                    "name a consumer group whose offsets to take, or set '" + modeKey + "' = '"
                                            + (modeKey.equals(KafkaOptions.STARTUP_MODE) ? "earliest" : "latest")
                                            + "-offset'")
                            .why("'" + modeKey + "' is 'group-offsets'"
                                    + (table.gives(modeKey) ? "" : ", its default"));
                }
                yield new Offsets.Group(
                        options.text(KafkaOptions.GROUP_ID),
                        table.clientSettings().getOrDefault("auto.offset.reset", "none"));
            }
            default -> throw new AssertionError(mode);
        };
    }

    private static void need(KafkaTable table, String modeKey, String mode, String key) {
        if (!table.gives(key)) {
            throw KafkaTable.invalid("option '" + modeKey + "' = '" + mode + "' needs '" + key + "'", "");
        }
    }
}
