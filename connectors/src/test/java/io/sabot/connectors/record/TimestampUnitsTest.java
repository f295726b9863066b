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
        assertThatThrownBy(() -> TimestampUnits.convert(last + 1, 1_000, 1_000_000))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("1677 and 2262");
        assertThatThrownBy(() -> TimestampUnits.convert(Long.MIN_VALUE, 1, 1_000))
                .isInstanceOf(ArithmeticException.class);
    }
}
