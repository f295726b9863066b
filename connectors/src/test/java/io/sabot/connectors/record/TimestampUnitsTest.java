package io.sabot.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimestampUnitsTest {
    @Test
    void fewerDigitsAreCutTowardsThePast() {
        assertThat(TimestampUnits.convert(1_999, 1_000, 1)).isEqualTo(1);
        assertThat(TimestampUnits.convert(-1, 1_000_000, 1_000)).isEqualTo(-1);
        assertThat(TimestampUnits.convert(-1_000, 1_000, 1)).isEqualTo(-1);
        assertThat(TimestampUnits.convert(7, 1_000, 1_000)).isEqualTo(7);
    }

    @Test
    void moreDigitsReachLessFar() {
        assertThat(TimestampUnits.convert(-5, 1, 1_000_000)).isEqualTo(-5_000_000);
        long last = Long.MAX_VALUE / 1_000;
        assertThat(TimestampUnits.convert(last, 1_000, 1_000_000)).isEqualTo(last * 1_000);
        assertThatThrownBy(() -> TimestampUnits.convert(last + 1, 1_000_000, 1_000_000_000))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("1677 and 2262");
        assertThatThrownBy(() -> TimestampUnits.convert(Long.MIN_VALUE, 1_000, 1_000_000))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("-290308 and 294247");
        assertThatThrownBy(() -> TimestampUnits.convert(Long.MIN_VALUE, 1, 1_000))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("-292275055 and 292278994");
    }

    @Test
    void whatIsBehindTheMillisecondCounts() {
        assertThat(TimestampUnits.convertMillis(5, 999_999, 1_000)).isEqualTo(5);
        assertThat(TimestampUnits.convertMillis(5, 999_999, 1_000_000)).isEqualTo(5_999);
        assertThat(TimestampUnits.convertMillis(-1, 0, 1_000_000_000)).isEqualTo(-1_000_000);
        assertThat(TimestampUnits.convertMillis(-1, 999_999, 1_000)).isEqualTo(-1);
        assertThat(TimestampUnits.convertMillis(-1, 999_999, 1_000_000_000)).isEqualTo(-1);
        long last = Math.floorDiv(Long.MAX_VALUE, 1_000_000L);
        assertThat(TimestampUnits.convertMillis(last, 775_807, 1_000_000_000)).isEqualTo(Long.MAX_VALUE);
        refused(last, 775_808);
        refused(last + 1, 0);
        long first = Math.floorDiv(Long.MIN_VALUE, 1_000_000L);
        assertThat(TimestampUnits.convertMillis(first, 224_192, 1_000_000_000)).isEqualTo(Long.MIN_VALUE);
        refused(first, 224_191);
        refused(first - 1, 999_999);
    }

    private static void refused(long millis, int nanos) {
        assertThatThrownBy(() -> TimestampUnits.convertMillis(millis, nanos, 1_000_000_000))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("1677 and 2262");
    }
}
