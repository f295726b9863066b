package io.sabot.server.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What clients of other processes may reach on this machine.
 *
 * @param jarRoots directories below which jars of functions must lie; none when clients may load none
 * @param fileRoots directories below which files of tables must lie; empty when they may lie anywhere
 */
public record ClientLimits(List<Path> jarRoots, Optional<List<Path>> fileRoots) {
    public ClientLimits {
        jarRoots = List.copyOf(jarRoots);
        fileRoots = fileRoots.map(List::copyOf);
    }
}
