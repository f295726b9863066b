package io.sabot.executor.rank;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.executor.rank.UpsertMaterializeOperator.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class UpsertMaterializeOperatorTest {
    private static final Schema ROW = Schema.of(new Field("k", BIGINT), new Field("v", BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(Choice choice, int cut) {
        return new OperatorHarness(
                        context -> new UpsertMaterializeOperator(ROW, List.of(0), choice, context),
                        ROW,
                        memory.allocator(),
                        cut)
                .routed(List.of(ROW), List.of(List.of(0)));
    }

    @Test
    void theRowBeforeComesBack() {
        try (OperatorHarness harness = harness(Choice.LAST, Integer.MAX_VALUE)) {
            harness.rows(0, ROW, "+I | 1 | 10");
            harness.rows(0, ROW, "+I | 1 | 11");
            harness.rows(0, ROW, "-D | 1 | 11");
            harness.rows(0, ROW, "-D | 1 | 10");
            assertThat(harness.take())
                    .containsExactly(
                            "+I | 1 | 10", "-U | 1 | 10", "+U | 1 | 11", "-U | 1 | 11", "+U | 1 | 10", "-D | 1 | 10");
        }
    }

    @Test
    void aRowThatIsTakenBackBeforeItComesIsNotSeen() {
        try (OperatorHarness harness = harness(Choice.LAST, Integer.MAX_VALUE)) {
            harness.rows(0, ROW, "-U | 1 | 10\n+U | 1 | 11");
            harness.restart(2);
            harness.rows(0, ROW, "+I | 1 | 10");
            assertThat(harness.take()).containsExactly("+I | 1 | 11");
        }
    }

    @Test
    void severalRowsAtTheEndOfAnEpochAreAnError() {
        try (OperatorHarness harness = harness(Choice.ONLY, Integer.MAX_VALUE)) {
            harness.rows(0, ROW, "+I | 1 | 10\n+I | 1 | 11\n-D | 1 | 10");
            harness.barrier();
            harness.rows(0, ROW, "+I | 1 | 12");
            assertThatThrownBy(harness::barrier).hasMessageContaining("same primary key");
        }
    }

    @Test
    void agreesWithTheDefinition() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Choice choice = random.nextBoolean() ? Choice.LAST : Choice.FIRST;
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            List<String> rows = new ArrayList<>();
            Changelog changelog = new Changelog();
            try (OperatorHarness harness = harness(choice, cut)) {
                for (int step = 0; step < 20; step++) {
                    if (random.nextInt(6) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = 1 + random.nextInt(5); i < n; i++) {
                        if (!rows.isEmpty() && random.nextInt(5) < 2) {
                            text.append("-D | ").append(rows.remove(random.nextInt(rows.size())));
                        } else {
                            String row = random.nextInt(3) + " | " + (step * 10 + i);
                            rows.add(row);
                            text.append("+I | ").append(row);
                        }
                        text.append('\n');
                    }
                    harness.rows(0, ROW, text.toString());
                    assertThat(changelog.apply(harness.takeRows()).rows())
                            .as("seed " + seed + " " + choice + " cut " + cut)
                            .isEqualTo(chosen(rows, choice));
                }
            }
        }
    }

    private static List<String> chosen(List<String> rows, Choice choice) {
        Changelog result = new Changelog();
        for (int key = 0; key < 3; key++) {
            String of = key + " | ";
            List<String> candidates =
                    rows.stream().filter(row -> row.startsWith(of)).toList();
            if (!candidates.isEmpty()) {
                result.add(candidates.get(choice == Choice.LAST ? candidates.size() - 1 : 0), 1);
            }
        }
        return result.rows();
    }
}
