package io.sabot.connectors.filesystem;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.text.TextValues;
import io.sabot.connectors.text.TimestampFormat;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;

/** What columns of a file tell about it: its metadata, and partition columns by the directories it lies in. */
record FileFacts(
        String path,
        String name,
        long size,
        long modifiedMillis,
        Map<String, String> partitions,
        String defaultPartition) {
    private static final TextValues TEXTS = new TextValues(TimestampFormat.SQL);

    FileFacts {
        partitions = Map.copyOf(partitions);
    }

    static FileFacts of(Path file, String defaultPartition) {
        try {
            return new FileFacts(
                    file.toString(),
                    String.valueOf(file.getFileName()),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis(),
                    partitions(file),
                    defaultPartition);
        } catch (IOException e) {
            throw OpenFile.unreadable(file.toString(), e);
        }
    }

    private static Map<String, String> partitions(Path file) {
        Map<String, String> partitions = new HashMap<>();
        for (Path part : file) {
            String directory = part.toString();
            int equals = directory.indexOf('=');
            if (equals > 0) {
                partitions.put(
                        PartitionPaths.unescape(directory.substring(0, equals)),
                        PartitionPaths.unescape(directory.substring(equals + 1)));
            }
        }
        return partitions;
    }

    void append(ScanColumn column, ColumnBuilder target) {
        if (column instanceof ScanColumn.Metadata metadata) {
            appendMetadata(metadata, target);
        } else {
            appendPartition((ScanColumn.Physical) column, target);
        }
    }

    private void appendMetadata(ScanColumn.Metadata column, ColumnBuilder target) {
        switch (column.key()) {
            case "file.path" -> target.appendText(path);
            case "file.name" -> target.appendText(name);
            case "file.size" -> target.appendLong(size);
            case "file.modification-time" -> {
                int precision = column.type() instanceof AtomicType type ? type.precision() : 3;
                target.appendLong(modifiedMillis * Storage.unitsPerMilli(precision));
            }
            default -> throw new AssertionError(column);
        }
    }

    private void appendPartition(ScanColumn.Physical column, ColumnBuilder target) {
        String key = column.path().get(0);
        String value = partitions.get(key);
        if (value == null) {
            throw problem("the table is partitioned by '" + key + "', but the path has no directory '" + key + "=…'");
        }
        if (value.equals(defaultPartition)) {
            target.appendNull();
            return;
        }
        try {
            TEXTS.append(value, (AtomicType) column.type(), target);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw problem("directory '" + key + "=" + value + "' holds no value of type "
                            + column.type().name())
                    .causedBy(e);
        }
    }

    private SabotException problem(String why) {
        return SabotException.of(ErrorCode.DATA_EXCEPTION, "cannot tell the partition of file '" + path + "'")
                .why(why);
    }
}
