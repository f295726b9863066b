package io.sabot.executor.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.planner.plan.Plan;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static int sinkTasks(Map<String, String> options) {
        Plan plan = HandMadePlans.toTable(
                options, HandMadePlans.above("calc", HandMadePlans.exchange(HandMadePlans.numbers(3), 0), 0));
        Stages stages = Stages.cut(plan, 4, scan -> 1);
        return stages.stages().get(stages.stage(plan.sinks().get(0))).parallelism();
    }

    @Test
    void aTableSaysHowManyTasksWriteAtMost() {
        assertThat(sinkTasks(Map.of("connector", "x"))).isEqualTo(4);
        assertThat(sinkTasks(Map.of("connector", "x", "sink.parallelism", "2"))).isEqualTo(2);
        assertThat(sinkTasks(Map.of("connector", "x", "sink.parallelism", "9"))).isEqualTo(4);
    }
}
