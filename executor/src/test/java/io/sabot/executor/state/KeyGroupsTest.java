package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyGroupsTest {
    @Test
    void tasksShareAllGroupsWithoutOverlap() {
        for (int groups : new int[] {1, 2, 128, 32768}) {
            for (int parallelism = 1; parallelism <= Math.min(groups, 130); parallelism++) {
                int next = 0;
                for (int task = 0; task < parallelism; task++) {
                    KeyGroups.Range range = KeyGroups.rangeOf(task, parallelism, groups);
                    assertThat(range.first()).isEqualTo(next);
                    for (int group = range.first(); group < range.end(); group++) {
                        assertThat(KeyGroups.taskOf(group, groups, parallelism)).isEqualTo(task);
                    }
                    next = range.end();
                }
                assertThat(next).isEqualTo(groups);
            }
        }
    }

    @Test
    void aGroupIsTheTopBitsOfTheHash() {
        assertThat(KeyGroups.of(-1L, 128)).isEqualTo(127);
        assertThat(KeyGroups.of(0x0200_0000_0000_0000L, 128)).isEqualTo(1);
        assertThat(KeyGroups.of(-1L, 1)).isZero();
        KeyGroups.Range upper = KeyGroups.rangeOf(1, 2, 128);
        assertThat(upper.firstHash()).isEqualTo(Long.MIN_VALUE);
        assertThat(upper.lastHash()).isEqualTo(-1L);
        assertThat(upper.contains(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void oddNumbersOfGroupsAreRefused() {
        assertThatThrownBy(() -> KeyGroups.of(1, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyGroups.rangeOf(2, 2, 128)).isInstanceOf(IllegalArgumentException.class);
    }
}
