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

    /** All files in a directory and below, hidden ones too. */
    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files =
                Files.find(root, Integer.MAX_VALUE, (path, attributes) -> attributes.isRegularFile())) {
            return files.toList();
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
