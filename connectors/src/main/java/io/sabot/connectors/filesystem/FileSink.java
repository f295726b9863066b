package io.sabot.connectors.filesystem;

import io.sabot.catalog.connector.Options;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a directory of files. What a writer has written is hidden until the checkpoint that lists it commits; then it is
 * renamed, which can be repeated. With OVERWRITE the first commit deletes what was there before: in all
 * of the table, or in the partitions that got rows where it is partitioned.
 */
final class FileSink implements Sink {
    private final SinkSpec spec;
    private final Path root;
    private final FileAccess access;
    private final Options options;
    private final FormatFactory format;
    private final String filePrefix;
    private boolean replaces;

    FileSink(SinkSpec spec, Options options, ConnectorContext context) {
        this.spec = spec;
        this.options = options;
        this.root = FilePaths.resolve(options.text("path"), context.files());
        this.access = context.files();
        this.format = context.format(options.text("format"));
        String writer =
                context.operatorName().isEmpty() || context.operatorName().equals("sink-1")
                        ? context.jobName()
                        : context.jobName() + "_" + context.operatorName();
        this.filePrefix = "part-" + writer.replaceAll("[^A-Za-z0-9_]", "_") + "-";
        this.replaces = spec.overwrite();
        if (spec.overwrite() && !spec.bounded()) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "INSERT OVERWRITE needs a query that comes to an end")
                    .hint("write INSERT INTO, or read the source with an end");
        }
        PartitionPaths.check(spec);
    }

    @Override
    public boolean acceptsUpdates() {
        return format.descriptor().changelog();
    }

    @Override
    public boolean wantsBeforeImages() {
        return true;
    }

    @Override
    public void open(List<byte[]> prepared) {
        if (Files.isRegularFile(root)) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "'" + root + "' is a file, but a directory is written")
                    .hint("give the path of a directory; the files in it get names by themselves");
        }
        // An overwriting job prepares something at every checkpoint, so nothing prepared means that it begins
        replaces &= prepared.isEmpty();
        Set<Path> kept = new HashSet<>();
        prepared.forEach(bytes -> PreparedFiles.decode(bytes).files().forEach(file -> kept.add(hidden(file))));
        try {
            FilePaths.check(root, access);
            Files.createDirectories(root);
            if (replaces && !isPartitioned()) {
                // All of it will go: better refused before rows are written than when they are
                FilePaths.list(root, null).forEach(file -> FilePaths.check(file, access));
            }
            delete(FileTree.files(root).stream()
                    .filter(file -> isOwnHidden(file) && !kept.contains(file))
                    .toList());
        } catch (IOException e) {
            throw unwritable(root, e);
        }
    }

    static SabotException unwritable(Path path, IOException cause) {
        return SabotException.of(ErrorCode.IO_ERROR, "cannot write to '" + path + "'")
                .why(cause.getClass().getSimpleName().replace("Exception", "") + ": " + cause.getMessage())
                .causedBy(cause);
    }

    private boolean isOwnHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith("." + filePrefix);
    }

    /** Where a file lies before it is published, by the name that it will have below the root. */
    private Path hidden(String file) {
        Path published = root.resolve(file);
        return published.resolveSibling("." + published.getFileName() + ".inprogress");
    }

    @Override
    public SinkWriter writer(int taskIndex, ConnectorContext context) {
        return new FileWriter(spec, root, filePrefix + taskIndex + "-", format, options, replaces, context);
    }

    @Override
    public void commit(long checkpoint, List<byte[]> prepared) {
        Set<Path> directories = new HashSet<>();
        try {
            List<PreparedFiles> all =
                    prepared.stream().map(PreparedFiles::decode).toList();
            for (PreparedFiles task : all) {
                task.files().forEach(file -> FilePaths.check(root.resolve(file), access));
            }
            if (all.stream().anyMatch(PreparedFiles::replaces)) {
                deleteOthers(all);
            }
            for (PreparedFiles task : all) {
                for (String file : task.files()) {
                    publish(hidden(file), root.resolve(file));
                    directories.add(root.resolve(file).getParent());
                }
            }
            for (Path directory : directories) {
                FileTree.force(directory);
            }
        } catch (IOException e) {
            throw unwritable(root, e);
        }
    }

    private void deleteOthers(List<PreparedFiles> all) throws IOException {
        Set<Path> kept = new HashSet<>();
        all.forEach(task -> task.files().forEach(file -> kept.add(root.resolve(file))));
        Set<Path> written = new HashSet<>();
        kept.forEach(file -> written.add(file.getParent()));
        delete(FilePaths.list(root, null).stream()
                .filter(file -> !kept.contains(file) && (!isPartitioned() || written.contains(file.getParent())))
                .toList());
    }

    private boolean isPartitioned() {
        return !spec.table().partitionedBy().isEmpty();
    }

    /** Deletes all or, if a link has led to one where no files of tables may lie, none. */
    private void delete(List<Path> files) throws IOException {
        files.forEach(file -> FilePaths.check(file, access));
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static void publish(Path hidden, Path published) throws IOException {
        if (Files.exists(hidden)) {
            Files.move(hidden, published, StandardCopyOption.ATOMIC_MOVE);
        } else if (!Files.exists(published)) {
            throw new IOException("the file " + hidden + ", which a checkpoint lists, has disappeared");
        }
    }

    @Override
    public void abort() {
        try {
            if (Files.isDirectory(root)) {
                delete(FileTree.files(root).stream().filter(this::isOwnHidden).toList());
            }
        } catch (IOException e) {
            throw unwritable(root, e);
        }
    }

    @Override
    public void close() {}
}
