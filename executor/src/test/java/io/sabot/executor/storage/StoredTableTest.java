package io.sabot.executor.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class StoredTableTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory;

    private static Table table(String... key) {
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

    private void commit(StoredTable table, long checkpoint, String rows) {
        Schema schema = table.schema();
        try (Batch batch = BatchText.parse(memory.allocator(), schema, rows)) {
            table.commit("writer", checkpoint, List.of(table.codec().encode(List.of(batch))));
        }
    }

    private static String log(StoredTable table) {
        List<String> lines = new ArrayList<>();
        for (long number = 0; number < table.end(); number++) {
            try (Batch batch = Objects.requireNonNull(table.batch(number))) {
                lines.add(BatchText.print(batch, table.schema()));
            }
        }
        return String.join("\n", lines);
    }

    @Test
    void aKeyedTableWritesItsOwnChangelog() {
        try (StoredTable table = new StoredTable(table("id"), memory.allocator(), Optional.empty())) {
            commit(table, 1, "1 | a\n2 | b\n1 | c");
            commit(table, 2, "-D | 2 | x\n+U | 1 | d\n-D | 9 | z");
            assertThat(log(table)).isEqualTo("""
                            +I | 1 | a
                            +I | 2 | b
                            -U | 1 | a
                            +U | 1 | c
                            -D | 2 | b
                            -U | 1 | c
                            +U | 1 | d""");
            assertThat(content(table, table.end())).containsExactly("1 | d");
            assertThat(content(table, 1)).containsExactly("2 | b", "1 | c");
        }
    }

    private static List<String> content(StoredTable table, long end) {
        TableContent content = table.content(end);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < content.batches().size(); i++) {
            try (Batch batch = content.batches().get(i)) {
                for (int row = 0; row < content.rows().get(i).count(); row++) {
                    int index = content.rows().get(i).indices()[row];
                    rows.add(BatchText.print(batch, table.schema())
                            .lines()
                            .toList()
                            .get(index)
                            .substring(5));
                }
            }
        }
        return rows;
    }

    @Test
    void aCommitThatComesAgainIsPassedOver() {
        try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.empty())) {
            commit(table, 1, "1 | a");
            commit(table, 1, "1 | a");
            commit(table, 2, "2 | b");
            assertThat(log(table)).isEqualTo("+I | 1 | a\n+I | 2 | b");
        }
    }

    @Test
    void aReopenedTableHasItsRowsItsKeysAndItsCommits() {
        Path file = directory.resolve("t.log");
        try (StoredTable table = new StoredTable(table("id"), memory.allocator(), Optional.of(file))) {
            commit(table, 1, "1 | a\n2 | NULL");
        }
        try (StoredTable table = new StoredTable(table("id"), memory.allocator(), Optional.of(file))) {
            commit(table, 1, "7 | again");
            commit(table, 2, "2 | b");
            assertThat(log(table)).isEqualTo("+I | 1 | a\n+I | 2 | NULL\n-U | 2 | NULL\n+U | 2 | b");
        }
    }

    @Test
    void aCommitCutOffByACrashIsCutFromTheFile() throws IOException {
        Path file = directory.resolve("t.log");
        try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.of(file))) {
            commit(table, 1, "1 | a");
            commit(table, 2, "2 | b");
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut < whole.length / 2; cut += 37) {
            byte[] torn = Arrays.copyOf(whole, whole.length - cut);
            Files.write(file, torn, StandardOpenOption.TRUNCATE_EXISTING);
            try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.of(file))) {
                assertThat(log(table)).as("cut " + cut).isEqualTo("+I | 1 | a");
            }
        }
    }

    @Test
    void aTableWithoutKeyTakesTheOldestEqualRowAway() {
        Path file = directory.resolve("t.log");
        try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.of(file))) {
            commit(table, 1, "1 | a\n1 | a\n2 | b");
            commit(table, 2, "-D | 1 | a\n-D | 9 | z\n+I | 3 | c\n-D | 3 | c");
            assertThat(content(table, table.end())).containsExactly("1 | a", "2 | b");
            assertThat(content(table, 1)).containsExactly("1 | a", "1 | a", "2 | b");
        }
        try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.of(file))) {
            commit(table, 3, "-D | 1 | a\n-D | 1 | a");
            assertThat(content(table, table.end())).containsExactly("2 | b");
        }
    }

    @Test
    void bagsEqualCountedRows() {
        Random random = new Random(7);
        try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.empty())) {
            List<String> model = new ArrayList<>();
            for (int checkpoint = 1; checkpoint <= 40; checkpoint++) {
                StringBuilder rows = new StringBuilder();
                for (int i = 0; i < 1 + random.nextInt(9); i++) {
                    String row = random.nextInt(4) + " | " + (char) ('a' + random.nextInt(2));
                    if (random.nextInt(3) > 0) {
                        model.add(row);
                        rows.append("+I | ").append(row).append('\n');
                    } else {
                        model.remove(row);
                        rows.append("-D | ").append(row).append('\n');
                    }
                }
                commit(table, checkpoint, rows.toString().strip());
                assertThat(content(table, table.end())).containsExactlyInAnyOrderElementsOf(model);
            }
        }
    }

    @Test
    void rowsGetNewKeysAllAtOnce() {
        try (StoredTable table = new StoredTable(table("id"), memory.allocator(), Optional.empty())) {
            commit(table, 1, "1 | a\n2 | b");
            Schema twice = new Schema(List.of(
                    new Field("id", AtomicType.INT),
                    new Field("name", AtomicType.STRING),
                    new Field("id1", AtomicType.INT),
                    new Field("name1", AtomicType.STRING)));
            try (Batch rows = BatchText.parse(memory.allocator(), twice, "1 | a | 2 | a\n2 | b | 2 | c")) {
                assertThat(table.change(0, List.of(rows), true)).isFalse();
                assertThat(table.change(table.end(), List.of(rows), true)).isTrue();
            }
            assertThat(content(table, table.end())).containsExactly("2 | c");
            table.truncate();
            assertThat(table.isEmpty()).isTrue();
            assertThat(log(table)).endsWith("-D | 2 | c");
        }
    }

    @Test
    void aCommitThatFailedAndCameAgainIsShownOnce() throws IOException {
        Path once = directory.resolve("once.log");
        try (StoredTable table = new StoredTable(table("id"), memory.allocator(), Optional.of(once))) {
            commit(table, 1, "1 | a");
        }
        byte[] failed = Files.readAllBytes(once);
        try (StoredTable table = new StoredTable(table("id"), memory.allocator(), Optional.of(once))) {
            commit(table, 2, "2 | b");
        }
        byte[] both = Files.readAllBytes(once);
        Path twice = directory.resolve("twice.log");
        Files.write(twice, failed);
        Files.write(twice, both, StandardOpenOption.APPEND);
        try (StoredTable table = new StoredTable(table("id"), memory.allocator(), Optional.of(twice))) {
            assertThat(log(table)).isEqualTo("+I | 1 | a\n+I | 2 | b");
            commit(table, 2, "9 | again");
            assertThat(table.rowCount()).isEqualTo(2);
        }
    }

    @Test
    void rowsWithoutANumberAllCount() {
        Path file = directory.resolve("t.log");
        try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.of(file))) {
            commit(table, 1, "1 | a\n2 | b\n3 | c");
            for (String gone : List.of("1 | a", "2 | b")) {
                try (Batch rows = BatchText.parse(memory.allocator(), table.schema(), gone)) {
                    assertThat(table.change(table.end(), List.of(rows), false)).isTrue();
                }
            }
        }
        try (StoredTable table = new StoredTable(table(), memory.allocator(), Optional.of(file))) {
            assertThat(content(table, table.end())).containsExactly("3 | c");
        }
    }

    /** However far the memory reaches, what did not come into the table is given back. */
    @Test
    void nothingStaysBehindWhereMemoryEnds() {
        for (List<String> key : List.of(List.of("id"), List.<String>of())) {
            Table definition = table(key.toArray(new String[0]));
            byte[] first;
            byte[] second;
            try (StoredTable table = new StoredTable(definition, memory.allocator(), Optional.empty())) {
                first = part(table, "1 | a\n2 | b");
                second = part(table, "3 | " + "c".repeat(2000), "-D | 1 | a", "4 | d\n-D | 2 | b", "5 | e");
            }
            int failures = 0;
            boolean enough = false;
            for (int limit = 0; !enough; limit += 512) {
                try (BufferAllocator limited = memory.allocator().newChildAllocator("limited", 0, limit);
                        StoredTable table = new StoredTable(definition, limited, Optional.empty())) {
                    table.commit("w", 1, List.of(first));
                    table.commit("w", 2, List.of(second, second));
                    enough = true;
                } catch (SabotException | OutOfMemoryException e) {
                    failures++;
                }
            }
            assertThat(failures).isGreaterThan(10);
        }
    }

    private byte[] part(StoredTable table, String... batches) {
        List<Batch> rows = new ArrayList<>();
        for (String text : batches) {
            rows.add(BatchText.parse(memory.allocator(), table.schema(), text));
        }
        try {
            return table.codec().encode(rows);
        } finally {
            rows.forEach(Batch::close);
        }
    }

    @Test
    void columnsThatWereReadAreGivenBackWhereALaterOneFails() {
        Schema before = new Schema(List.of(new Field("id", AtomicType.INT), new Field("name", AtomicType.STRING)));
        Schema after = new Schema(List.of(
                new Field("id", AtomicType.INT),
                new Field("added", AtomicType.BIGINT),
                new Field("name", AtomicType.STRING)));
        byte[] bytes;
        try (Batch batch = BatchText.parse(memory.allocator(), before, "1 | a\n".repeat(500) + "-D | 1 | a")) {
            bytes = new RowCodec(before, memory.allocator()).encode(List.of(batch, batch));
        }
        int failures = 0;
        boolean enough = false;
        for (int limit = 0; !enough; limit += 512) {
            try (BufferAllocator limited = memory.allocator().newChildAllocator("limited", 0, limit)) {
                new RowCodec(after, limited).decode(bytes).batches().forEach(Batch::close);
                enough = true;
            } catch (SabotException e) {
                failures++;
            }
        }
        assertThat(failures).isGreaterThan(10);
    }
}
