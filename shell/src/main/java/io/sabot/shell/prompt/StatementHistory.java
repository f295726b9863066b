package io.sabot.shell.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** History that never writes a secret to disk; JLine leaves this to a subclass. */
final class StatementHistory extends DefaultHistory {
    private static final Pattern SECRET =
            Pattern.compile("password|passwd|secret|credential|token|sasl\\.jaas|api.?key|private.?key");

    /** The user's history file, in a folder only they can look into. */
    static Path file() throws IOException {
        String home = System.getenv("HOME");
        Path folder = Path.of(home == null ? System.getProperty("user.home") : home, ".sabot");
        if (Files.notExists(folder)
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, onlyOwner);
        }
        return folder.resolve("history");
    }

    @Override
    public boolean isPersistable(Entry entry) {
        return !holdsSecret(entry.line());
    }

    static boolean holdsSecret(String statement) {
        return SECRET.matcher(statement.toLowerCase(Locale.ROOT)).find();
    }
}
