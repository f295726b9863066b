package io.sabot.connectors.filesystem;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.Options;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guesses how many rows the files of a table hold: as the foot of a file says, or by the length of the first lines. Files of
 * other forms are taken to have rows of a hundred bytes.
 */
final class FileRows {
    private static final int SAMPLE_BYTES = 64 * 1024;
    private static final long ROW_BYTES = 100;
    /** Of more files than these the others are taken to be like them. */
    private static final int FILES_OPENED = 16;

    private final Options options;
    private final FormatFactory format;

    FileRows(Table table, Function<String, FormatFactory> formats) {
        this.options = new Options(table.options(), FilesystemFactory.OPTIONS);
        this.format = formats.apply(options.text("format"));
    }

    /** Empty when the files cannot or may not be read: whoever reads the table will say why. */
    OptionalLong estimate(FileAccess access) {
        try {
            @Nullable
            Pattern pattern = options.find("source.path.regex-pattern")
                    .map(FileSource::pattern)
                    .orElse(null);
            List<Path> files = FilePaths.list(FilePaths.resolve(options.text("path"), access), pattern);
            long bytes = 0;
            for (Path file : files) {
                FilePaths.check(file, access);
                bytes += Files.size(file);
            }
            return OptionalLong.of(Math.round(bytes / rowBytes(files)));
        } catch (IOException | SabotException e) {
            return OptionalLong.empty();
        }
    }

    private double rowBytes(List<Path> files) throws IOException {
        Optional<FileFormat> whole = format.files();
        boolean lines = whole.isEmpty() && Arrays.equals(format.separator(), new byte[] {'\n'});
        long bytes = 0;
        long rows = 0;
        for (Path file : files.subList(0, Math.min(files.size(), FILES_OPENED))) {
            if (whole.isPresent()) {
                OptionalLong count = whole.get().rowCount(file);
                bytes += count.isPresent() ? Files.size(file) : 0;
                rows += count.orElse(0);
            } else if (lines && bytes < SAMPLE_BYTES) {
                byte[] sample = sample(file);
                bytes += sample.length;
                rows += lines(sample);
            }
        }
        return rows == 0 ? ROW_BYTES : (double) bytes / rows;
    }

    private static byte[] sample(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(SAMPLE_BYTES);
        }
    }

    private static int lines(byte[] text) {
        int count = text.length > 0 && text[text.length - 1] != '\n' ? 1 : 0;
        for (byte character : text) {
            count += character == '\n' ? 1 : 0;
        }
        return count;
    }
}
