package io.sabot.executor.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** File steps that survive a power loss once they return. */
public final class Durable {
    private Durable() {}

    /** Forces a file or the names in a directory to disk. */
    public static void sync(Path path) throws IOException {
        boolean isDirectory = Files.isDirectory(path);
        if (isDirectory && System.getProperty("os.name", "").startsWith("Windows")) {
            return; // directories cannot be opened there, and need not be
        }
        try (FileChannel channel =
                FileChannel.open(path, isDirectory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        sync(file);
    }

    /** Gives a complete directory its final name in its parent. */
    static void publish(Path from, Path parent, String name) throws IOException {
        sync(from);
        Files.move(from, parent.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(parent);
    }

    /** Deletes a directory with all that is in it, if it is there. */
    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
