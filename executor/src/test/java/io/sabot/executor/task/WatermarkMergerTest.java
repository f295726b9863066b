package io.sabot.executor.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.time.Watermark;
import org.junit.jupiter.api.Test;

final class WatermarkMergerTest {
    @Test
    void passesTheMinimumOn() {
        WatermarkMerger merger = new WatermarkMerger(2);
        assertThat(merger.advance(0, Watermark.event(10))).isFalse();
        assertThat(merger.advance(1, Watermark.event(5))).isTrue();
        assertThat(merger.event()).isEqualTo(5);
        assertThat(merger.advance(1, Watermark.event(20))).isTrue();
        assertThat(merger.event()).isEqualTo(10);
    }

    @Test
    void anEndedInputNoLongerHoldsTheOthersBack() {
        WatermarkMerger merger = new WatermarkMerger(2);
        merger.advance(0, Watermark.event(10));
        merger.advance(1, Watermark.event(5));
        assertThat(merger.end(1)).isTrue();
        assertThat(merger.event()).isEqualTo(10);
        assertThat(merger.allEnded()).isFalse();
        assertThat(merger.end(0)).isFalse();
        assertThat(merger.allEnded()).isTrue();
    }

    @Test
    void anIdleInputCountsAgainWhenItSpeaksAndTimeNeverGoesBack() {
        WatermarkMerger merger = new WatermarkMerger(2);
        merger.advance(0, Watermark.event(10));
        assertThat(merger.setIdle(1, true)).isTrue();
        assertThat(merger.event()).isEqualTo(10);
        assertThat(merger.advance(1, Watermark.event(3))).isFalse();
        assertThat(merger.event()).isEqualTo(10);
        assertThat(merger.advance(0, Watermark.event(30))).isFalse();
        assertThat(merger.advance(1, Watermark.event(20))).isTrue();
        assertThat(merger.event()).isEqualTo(20);
    }

    @Test
    void whenAllAreIdleNoneHoldsTheFurthestBackWhicheverFellSilentFirst() {
        for (int first = 0; first < 2; first++) {
            WatermarkMerger merger = new WatermarkMerger(3);
            merger.advance(0, Watermark.event(25));
            merger.advance(1, Watermark.event(10));
            merger.end(2);
            merger.setIdle(first, true);
            merger.setIdle(1 - first, true);
            assertThat(merger.event()).isEqualTo(25);
            assertThat(merger.advance(1, Watermark.event(20))).isFalse();
            assertThat(merger.advance(1, Watermark.event(30))).isTrue();
        }
    }

    @Test
    void timeEndsOnlyWhenAllInputsHaveToldSo() {
        WatermarkMerger merger = new WatermarkMerger(3);
        merger.advance(0, Watermark.event(10));
        merger.advance(1, Watermark.event(20));
        merger.setIdle(1, true);
        merger.setIdle(2, true);
        assertThat(merger.advance(0, Watermark.event(Watermark.END))).isTrue();
        assertThat(merger.event()).isEqualTo(20); // none of the idle ones holds the furthest back
        assertThat(merger.allIdle()).isTrue();
        assertThat(merger.end(0)).isFalse();
        assertThat(merger.advance(2, Watermark.event(Watermark.END))).isFalse();
        assertThat(merger.advance(1, Watermark.event(Watermark.END))).isTrue();
        assertThat(merger.event()).isEqualTo(Watermark.END);
    }

    @Test
    void allIdleNeedsALiveInput() {
        WatermarkMerger merger = new WatermarkMerger(2);
        merger.setIdle(0, true);
        assertThat(merger.allIdle()).isFalse();
        merger.end(1);
        assertThat(merger.allIdle()).isTrue();
        merger.end(0);
        assertThat(merger.allIdle()).isFalse();
    }

    @Test
    void domainsAreApart() {
        WatermarkMerger merger = new WatermarkMerger(1);
        assertThat(merger.advance(0, Watermark.processing(7))).isTrue();
        assertThat(merger.event()).isEqualTo(Watermark.START);
        assertThat(merger.processing()).isEqualTo(7);
    }
}
