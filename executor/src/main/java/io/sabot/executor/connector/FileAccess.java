package io.sabot.executor.connector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which files of this machine tables may read and write.
 *
 * @param workingDirectory where relative paths begin
 * @param roots directories below which the files must lie; empty when they may lie anywhere
 */
public record FileAccess(Path workingDirectory, Optional<List<Path>> roots) {
    public FileAccess {
        roots = roots.map(List::copyOf);
    }

    /** Of files that may lie anywhere. */
    public static FileAccess anywhere(Path workingDirectory) {
        return new FileAccess(workingDirectory, Optional.empty());
    }

    /** Whether an absolute path lies where it may, there or not. */
    public boolean allows(Path path) {
        return roots.isEmpty() || isBelow(path, roots.get());
    }

    /** Whether a path is below one of several directories. Links are followed, so that none leads out of them. */
    public static boolean isBelow(Path path, List<Path> directories) {
        Path real = real(path);
        return directories.stream().anyMatch(directory -> real.startsWith(real(directory)));
    }

    /** Of what is not there, the part that is. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(absolute));
            } catch (IOException e) {
                // not there: its parent may be
            }
        }
        return absolute;
    }
}
