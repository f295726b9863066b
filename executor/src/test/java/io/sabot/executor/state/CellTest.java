package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.state.LongCell.Merge;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTest {
    private static final KeyGroups.Range FIRST = KeyGroups.rangeOf(0, 2, 128);
    private static final KeyGroups.Range SECOND = KeyGroups.rangeOf(1, 2, 128);
    private static final KeyGroups.Range ALL = KeyGroups.rangeOf(0, 1, 128);

    private static List<Cell.Saved> saved(Merge merge) {
        return List.of(new Cell(merge, 10).save("cell", FIRST), new Cell(merge, 3).save("cell", SECOND));
    }

    @Test
    void aWatermarkIsTheLeastOfAllTasksAlsoAtTheSameParallelism() {
        assertThat(Cell.restore(saved(Merge.MIN), Merge.MIN, 0, FIRST)).isEqualTo(3);
        assertThat(Cell.restore(saved(Merge.MIN), Merge.MIN, 0, SECOND)).isEqualTo(3);
        assertThat(Cell.restore(saved(Merge.MIN), Merge.MIN, 0, ALL)).isEqualTo(3);
    }

    @Test
    void aSequenceOrCounterStaysWithItsTask() {
        assertThat(Cell.restore(saved(Merge.MAX), Merge.MAX, 0, SECOND)).isEqualTo(3);
        assertThat(Cell.restore(saved(Merge.MAX), Merge.MAX, 0, ALL)).isEqualTo(10);
        assertThat(Cell.restore(saved(Merge.SUM), Merge.SUM, 0, FIRST)).isEqualTo(10);
        assertThat(Cell.restore(saved(Merge.SUM), Merge.SUM, 0, ALL)).isEqualTo(13);
    }

    @Test
    void withoutACheckpointItIsTheInitialValue() {
        assertThat(Cell.restore(List.of(), Merge.MIN, 7, ALL)).isEqualTo(7);
        assertThat(Cell.restore(List.of(), Merge.SUM, 7, ALL)).isEqualTo(7);
    }
}
