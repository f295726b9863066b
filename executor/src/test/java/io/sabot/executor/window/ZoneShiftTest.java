package io.sabot.executor.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ZoneShiftTest {
    private static long local(String time) {
        return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static long instant(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void localTimeIsWhatClocksShow() {
        Random random = new Random(11);
        for (String zone : new String[] {"UTC", "Asia/Shanghai", "America/Los_Angeles", "Australia/Lord_Howe"}) {
            ZoneShift shift = new ZoneShift(ZoneId.of(zone));
            for (int i = 0; i < 5_000; i++) {
                long instant = (long) (random.nextDouble() * 2e12) - 200_000_000_000L;
                long expected = LocalDateTime.ofInstant(Instant.ofEpochMilli(instant), ZoneId.of(zone))
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
                assertThat(shift.toLocal(instant)).as(zone + " " + instant).isEqualTo(expected);
            }
        }
    }

    @Test
    void skippedTimesEndAtTheSkip() {
        ZoneShift shift = new ZoneShift(ZoneId.of("America/Los_Angeles"));
        assertThat(shift.toInstant(local("2021-03-14T02:30:00"))).isEqualTo(instant("2021-03-14T10:00:00Z"));
    }

    @Test
    void repeatedTimesEndTheSecondTime() {
        ZoneShift shift = new ZoneShift(ZoneId.of("America/Los_Angeles"));
        assertThat(shift.toInstant(local("2021-11-07T01:30:00"))).isEqualTo(instant("2021-11-07T09:30:00Z"));
        assertThat(shift.overAt(instant("2021-11-07T08:30:00Z"))).isEqualTo(local("2021-11-07T00:59:59.999"));
        assertThat(shift.overAt(instant("2021-11-07T09:30:00Z"))).isEqualTo(local("2021-11-07T01:30:00"));
    }

    @Test
    void overIsTheGreatestLocalTimeThatHasPassed() {
        Random random = new Random(3);
        ZoneShift shift = new ZoneShift(ZoneId.of("America/Los_Angeles"));
        long[] centres = {instant("2021-03-14T10:00:00Z"), instant("2021-11-07T09:00:00Z"), 0};
        for (int i = 0; i < 5_000; i++) {
            long at = centres[i % 3] + (random.nextInt(200) - 100) * 60_000L;
            long over = shift.overAt(at);
            assertThat(shift.toInstant(over)).isLessThanOrEqualTo(at);
            assertThat(shift.toInstant(over + 1)).isGreaterThan(at);
        }
    }
}
