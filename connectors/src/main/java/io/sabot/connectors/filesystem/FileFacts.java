package io.sabot.connectors.filesystem;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What metadata columns tell about a file. */
record FileFacts(String path, String name, long size, long modifiedMillis) {
    static FileFacts of(Path file) {
        try {
            return new FileFacts(
                    file.toString(),
                    String.valueOf(file.getFileName()),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            throw OpenFile.unreadable(file.toString(), e);
        }
    }

    void append(ScanColumn.Metadata column, ColumnBuilder target) {
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
}
