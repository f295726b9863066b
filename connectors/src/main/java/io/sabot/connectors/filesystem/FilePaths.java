package io.sabot.connectors.filesystem;

import io.sabot.catalog.Guess;
import io.sabot.executor.connector.FileAccess;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the text of option {@code path} to files. */
final class FilePaths {
    private FilePaths() {}

    /** The absolute path that a text names, which must lie where files may. */
    static Path resolve(String text, FileAccess access) {
        Path path = absolute(text, access.workingDirectory());
        check(path, access);
        return path;
    }

    /** Refuses a path that leads, perhaps by a link, to where no files of tables may lie. */
    static void check(Path path, FileAccess access) {
        if (!access.allows(path)) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "tables of this server have no files at '" + path + "'")
                    .why("they lie below "
                            + access.roots().orElseThrow().stream()
                                    .map(Path::toString)
                                    .collect(Collectors.joining(", ")))
                    .hint("start sabot-server with --file-root DIR for a directory around it");
        }
    }

    private static Path absolute(String text, Path workingDirectory) {
        try {
            if (text.startsWith("file:")) {
                String path = URI.create(text.replace(" ", "%20")).getPath();
                if (path != null) {
                    return Path.of(path).normalize();
                }
            }
            int scheme = text.indexOf("://");
            if (scheme > 0) {
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "connector 'filesystem' does not read '" + text.substring(0, scheme) + "://' paths")
                        .hint("give a path of the local disk, such as '/data/orders' or 'file:///data/orders'");
            }
            return workingDirectory.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "'" + text + "' is not a path")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    /**
     * The files that a path stands for, ordered by path: itself, or all files in it but hidden ones; links are
     * followed.
     */
    static List<Path> list(Path root, @Nullable Pattern pattern) {
        if (Files.isRegularFile(root)) {
            return List.of(root);
        }
        if (!Files.isDirectory(root)) {
            throw missing(root);
        }
        try (Stream<Path> files = Files.find(
                root,
                Integer.MAX_VALUE,
                (path, attributes) -> attributes.isRegularFile(),
                FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(path -> isVisible(root, path))
                    .filter(path ->
                            pattern == null || pattern.matcher(path.toString()).matches())
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            throw SabotException.of(ErrorCode.IO_ERROR, "cannot list directory '" + root + "'")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    /** Whether no part of the path below the root begins with {@code _} or {@code .}. */
    private static boolean isVisible(Path root, Path file) {
        for (Path part : root.relativize(file)) {
            String name = part.toString();
            if (name.startsWith("_") || name.startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    static SabotException missing(Path path) {
        Path parent = path.getParent();
        while (parent != null && !Files.isDirectory(parent)) {
            parent = parent.getParent();
        }
        SabotException error =
                SabotException.of(ErrorCode.UNDEFINED_FILE, "file or directory '" + path + "' does not exist");
        if (parent == null) {
            return error;
        }
        Path wanted = parent.relativize(path).getName(0);
        try (Stream<Path> siblings = Files.list(parent)) {
            List<String> names = siblings.map(sibling -> String.valueOf(sibling.getFileName()))
                    .toList();
            Path found = parent;
            return Guess.closest(wanted.toString(), names)
                    .map(name -> error.hint("did you mean '" + found.resolve(name) + "'?"))
                    .orElseGet(() -> error.why("directory '" + found + "' has no '" + wanted + "'"));
        } catch (IOException e) {
            return error.why("directory '" + parent + "' has no '" + wanted + "'");
        }
    }
}
