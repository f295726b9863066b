package io.sabot.connectors.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What the sink does to directories. */
final class FileTree {
    private FileTree() {}

    /** All files in a directory (which may be a link to one) and below, hidden ones too; links inside are not followed. */
    static List<Path> files(Path root) throws IOException {
        Path real = root.toRealPath();
        try (Stream<Path> files =
                Files.find(real, Integer.MAX_VALUE, (path, attributes) -> attributes.isRegularFile())) {
            return files.map(file -> root.resolve(real.relativize(file))).toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Makes names in a directory durable. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
