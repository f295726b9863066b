package io.sabot.connectors.filesystem;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.time.Clock;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Finds the files; each is a split that ends where the file ended when it was found. */
final class FileSource implements Source {
    private final ScanSpec scan;
    private final Path root;
    private final FileAccess access;
    private final @Nullable Pattern pattern;
    private final @Nullable Duration monitorInterval;
    private final Clock clock;
    private final FormatFactory format;
    private boolean discovered;
    private long discoveredMillis;

    FileSource(ScanSpec scan, Options options, ConnectorContext context) {
        this.scan = scan;
        this.root = FilePaths.resolve(options.text("path"), context.files());
        this.access = context.files();
        this.pattern = options.find("source.path.regex-pattern")
                .map(FileSource::pattern)
                .orElse(null);
        this.monitorInterval = options.find("source.monitor-interval").isPresent() && !scan.ends()
                ? options.duration("source.monitor-interval")
                : null;
        this.clock = context.clock();
        this.format = context.format(options.text("format"));
    }

    static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw SabotException.of(
                            ErrorCode.INVALID_OPTION,
                            "option 'source.path.regex-pattern' has the value '" + text
                                    + "', which is not a regular expression")
                    .why(e.getDescription())
                    .causedBy(e);
        }
    }

    @Override
    public boolean bounded() {
        return monitorInterval == null;
    }

    @Override
    public ChangelogMode changelog() {
        return format.descriptor().changelog() ? ChangelogMode.RETRACT : ChangelogMode.APPEND_ONLY;
    }

    @Override
    public List<Split> discover(List<Split> known) {
        long now = clock.millis();
        if (discovered && monitorInterval != null && now - discoveredMillis < monitorInterval.toMillis()) {
            return List.of();
        }
        discovered = true;
        discoveredMillis = now;
        Set<String> ids = new HashSet<>();
        known.forEach(split -> ids.add(split.id()));
        List<Split> found = new ArrayList<>();
        for (Path file : FilePaths.list(root, pattern)) {
            if (!ids.contains(file.toString())) {
                FilePaths.check(file, access);
                found.add(new Split(file.toString(), new SplitPosition(0, Long.toString(size(file)))));
            }
        }
        return found;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw OpenFile.unreadable(file.toString(), e);
        }
    }

    @Override
    public SplitReader reader(ConnectorContext context) {
        return new FileSplitReader(scan, format, context);
    }

    @Override
    public void close() {}
}
