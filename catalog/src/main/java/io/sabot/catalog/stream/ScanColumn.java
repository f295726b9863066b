package io.sabot.catalog.stream;

import io.sabot.catalog.type.DataType;
import java.util.List;

/** Something that a scan of a table decodes. */
public sealed interface ScanColumn {
    /** Type of the column. */
    DataType type();

    /** Name for people: the path with dots, or the metadata key. */
    String label();

    /**
     * A physical column of the table or a field inside it.
     *
     * @param path name of the column, then of fields inside rows: {@code [bid, price]}. NULL where a row on the way is
     */
    record Physical(List<String> path, DataType type) implements ScanColumn {
        public Physical {
            path = List.copyOf(path);
        }

        @Override
        public String label() {
            return String.join(".", path);
        }
    }

    /** A metadata column of the connector or format, by its key, converted to {@code type}. */
    record Metadata(String key, DataType type) implements ScanColumn {
        @Override
        public String label() {
            return key;
        }
    }
}
