package io.sabot.executor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that is made shorter says the same to everyone who may still ask, whenever the process ends. */
final class LogCompactionTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory;

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Table definition(String... key) {
        return new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                List.of(
                        new Column.Physical("id", AtomicType.INT, ""),
                        new Column.Physical("name", AtomicType.STRING, "")),
                List.of(key),
                Optional.empty(),
                List.of(),
                Map.of(),
                "",
                false);
    }

    private StoredTable open(Optional<Path> file, String... key) {
        return new StoredTable(definition(key), memory.allocator(), file);
    }

    private void commit(StoredTable table, String writer, long checkpoint, String rows) {
        try (Batch batch = BatchText.parse(memory.allocator(), table.schema(), rows)) {
            table.commit(writer, checkpoint, List.of(table.codec().encode(List.of(batch))));
        }
    }

    private static List<String> content(StoredTable table, long end) {
        TableContent content = table.content(end);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < content.batches().size(); i++) {
            try (Batch batch = content.batches().get(i)) {
                List<String> lines =
                        BatchText.print(batch, table.schema()).lines().toList();
                for (int row = 0; row < content.rows().get(i).count(); row++) {
                    rows.add(lines.get(content.rows().get(i).indices()[row]).substring(5));
                }
            }
        }
        return rows;
    }

    private static String changes(StoredTable table, long from) {
        List<String> lines = new ArrayList<>();
        for (long number = from; number < table.end(); number++) {
            Batch found = table.batch(number);
            if (found != null) {
                try (Batch batch = found) {
                    lines.add(BatchText.print(batch, table.schema()));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static void compact(StoredTable table) {
        table.compact(Long.MAX_VALUE, step -> {});
    }

    @Test
    void changesBecomeTheRowsThatAreThere() {
        try (StoredTable table = open(Optional.empty(), "id")) {
            commit(table, "w", 1, "1 | a\n2 | b");
            commit(table, "w", 2, "1 | c\n3 | d");
            commit(table, "w", 3, "-D | 2 | b\n1 | e");
            compact(table);
            assertThat(table.end()).isEqualTo(3);
            assertThat(table.logRows()).isEqualTo(2);
            assertThat(content(table, 3)).containsExactly("3 | d", "1 | e");
            commit(table, "w", 4, "3 | f");
            assertThat(changes(table, 3)).isEqualTo("-U | 3 | d\n+U | 3 | f");
            assertThat(content(table, 4)).containsExactly("1 | e", "3 | f");
            assertThat(content(table, 3)).containsExactly("3 | d", "1 | e");
        }
    }

    @Test
    void aReaderKeepsWhatItIsGoingToRead() {
        try (StoredTable table = open(Optional.empty(), "id")) {
            commit(table, "w", 1, "1 | a");
            commit(table, "w", 2, "1 | b");
            commit(table, "w", 3, "1 | c");
            try (LogHolds.Hold hold = table.hold(1)) {
                commit(table, "w", 4, "1 | d");
                String before = changes(table, 1);
                compact(table);
                assertThat(changes(table, 1)).isEqualTo(before);
                assertThat(content(table, 1)).containsExactly("1 | a");
                hold.advance(3);
            }
            compact(table);
            assertThat(content(table, 4)).containsExactly("1 | d");
            assertThatThrownBy(() -> table.batch(1))
                    .isInstanceOf(SabotException.class)
                    .hasMessageContaining("no longer kept");
            assertThatThrownBy(() -> table.hold(2)).isInstanceOf(SabotException.class);
            assertThatThrownBy(() -> table.content(2)).isInstanceOf(SabotException.class);
        }
    }

    @Test
    void anEmptyTableHasNoRowsLeft() {
        Path file = directory.resolve("t.log");
        try (StoredTable table = open(Optional.of(file), "id")) {
            commit(table, "w", 1, "1 | a");
            commit(table, "w", 2, "-D | 1 | a");
            compact(table);
            assertThat(table.logRows()).isZero();
        }
        try (StoredTable table = open(Optional.of(file), "id")) {
            assertThat(table.end()).isEqualTo(2);
            assertThat(table.isEmpty()).isTrue();
            commit(table, "w", 2, "5 | again");
            assertThat(table.isEmpty()).isTrue();
            commit(table, "w", 3, "5 | new");
            assertThat(changes(table, 2)).isEqualTo("+I | 5 | new");
        }
    }

    @Test
    void aTableWithoutKeyKeepsEqualRows() {
        try (StoredTable table = open(Optional.of(directory.resolve("t.log")))) {
            commit(table, "w", 1, "1 | a\n1 | a\n2 | b\n1 | a");
            commit(table, "w", 2, "-D | 1 | a\n-D | 2 | b");
            compact(table);
            assertThat(content(table, 2)).containsExactly("1 | a", "1 | a");
            commit(table, "w", 3, "-D | 1 | a");
            assertThat(content(table, 3)).containsExactly("1 | a");
        }
    }

    @ParameterizedTest
    @EnumSource(LogCompaction.Step.class)
    void aCrashAtAnyStepLosesNothing(LogCompaction.Step at) throws IOException {
        Path file = directory.resolve("t.log");
        Path copy = directory.resolve("copy/t.log");
        Files.createDirectories(copy.getParent());
        try (StoredTable table = open(Optional.of(file), "id")) {
            commit(table, "a", 1, "1 | a\n2 | b");
            commit(table, "b", 7, "1 | c");
            commit(table, "a", 2, "2 | d");
            try (LogHolds.Hold hold = table.hold(2)) {
                assertThatThrownBy(() -> table.compact(hold.place(), step -> {
                            if (step == LogCompaction.Step.WRITE_CHANGES) {
                                commit(table, "b", 8, "3 | e"); // while the new file is being written
                            }
                            if (step == at) {
                                copyFiles(file, copy);
                                throw new Crash();
                            }
                        }))
                        .isInstanceOf(Crash.class);
            }
            boolean committed = at.compareTo(LogCompaction.Step.WRITE_CHANGES) >= 0;
            assertThat(content(table, 3)).containsExactly("1 | c", "2 | d"); // and it goes on
            try (StoredTable again = open(Optional.of(copy), "id")) {
                assertThat(again.end()).isEqualTo(committed ? 4 : 3);
                assertThat(content(again, 3)).containsExactly("1 | c", "2 | d");
                assertThat(changes(again, 2).lines().limit(2)).containsExactly("-U | 2 | b", "+U | 2 | d");
                commit(again, "a", 2, "9 | again");
                commit(again, "b", committed ? 8 : 7, "9 | again");
                assertThat(content(again, again.end())).doesNotContain("9 | again");
                commit(again, "a", 3, "1 | z");
                compact(again);
                assertThat(content(again, again.end())).contains("1 | z", "2 | d");
            }
        }
    }

    private static void copyFiles(Path from, Path to) {
        try {
            Files.copy(from, to);
            Path besides = from.resolveSibling(from.getFileName() + ".new");
            if (Files.exists(besides)) {
                Files.copy(besides, to.resolveSibling(to.getFileName() + ".new"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomChangesAgreeWithAModel(long seed) {
        Random random = new Random(seed);
        Path file = directory.resolve("t.log");
        List<Map<Integer, String>> contents = new ArrayList<>();
        contents.add(Map.of());
        Map<Integer, String> model = new TreeMap<>();
        StoredTable table = open(Optional.of(file), "id");
        try {
            long kept = 0;
            for (int round = 0; round < 25; round++) {
                for (int commit = 0; commit < 5; commit++) {
                    StringBuilder rows = new StringBuilder();
                    for (int row = 0; row < 1 + random.nextInt(4); row++) {
                        int id = random.nextInt(8);
                        boolean goes = random.nextInt(4) == 0;
                        String name = "n" + random.nextInt(1000);
                        rows.append(goes ? "-D | " : "+U | ")
                                .append(id)
                                .append(" | ")
                                .append(name)
                                .append('\n');
                        if (goes) {
                            model.remove(id);
                        } else {
                            model.put(id, name);
                        }
                    }
                    commit(table, "w", contents.size() + 1000L * round + commit, rows.toString());
                    while (contents.size() <= table.end()) {
                        contents.add(new TreeMap<>(model));
                    }
                }
                if (random.nextInt(3) == 0) {
                    long to = kept + random.nextInt((int) (table.end() - kept) + 1);
                    table.compact(to, step -> {});
                    kept = Math.max(kept, to);
                }
                if (random.nextInt(10) == 0) {
                    table.close();
                    table = open(Optional.of(file), "id");
                }
                for (long place = kept; place <= table.end(); place++) {
                    assertThat(content(table, place))
                            .as("seed %d place %d", seed, place)
                            .containsExactlyInAnyOrderElementsOf(contents.get((int) place).entrySet().stream()
                                    .map(entry -> entry.getKey() + " | " + entry.getValue())
                                    .toList());
                }
            }
        } finally {
            table.close();
        }
    }
}
