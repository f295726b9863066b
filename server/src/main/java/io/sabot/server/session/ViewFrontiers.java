package io.sabot.server.session;

import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.executor.job.JobExecution;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.server.job.Job;
import io.sabot.server.job.JobPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Waits until materialized views have taken in what a session wrote: each job tells up to which place of its inputs its
 * view goes. Views on views are waited for in the order in which rows pass them.
 */
final class ViewFrontiers {
    private final EngineSession session;
    private final Engine engine;
    private final long deadline;
    private final Map<ObjectName, Boolean> reached = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    ViewFrontiers(EngineSession session) {
        this.session = session;
        this.engine = session.engine();
        Duration longest = session.settings().readYourWrites();
        this.deadline = longest.isZero() ? 0 : System.nanoTime() + longest.toNanos();
    }

    /** Waits for all views that a query reads; returns what the user should know. */
    List<String> await(Plan plan) {
        plan.sinks().forEach(this::awaitInputs);
        return warnings;
    }

    private void awaitInputs(PlanNode node) {
        if (node instanceof PlanNode.SourceScan scan && isView(scan.table())) {
            reach(scan.table().name(), session.writtenPlaces());
        }
        node.inputs().forEach(this::awaitInputs);
    }

    private static boolean isView(Table table) {
        return table.kind() == TableKind.MATERIALIZED_VIEW || table.kind() == TableKind.MATERIALIZED_LOG;
    }

    /** Waits until a new view shows what its inputs in the engine held when it was made, and all of files. */
    List<String> awaitContent(MaterializedView view) {
        Map<ObjectName, Long> places = new LinkedHashMap<>();
        Optional<JobExecution> execution = execution(view.name());
        execution.ifPresent(run ->
                run.storedInputs().forEach(input -> engine.endOf(input).ifPresent(end -> places.put(input, end))));
        reach(view.name(), places);
        boolean ends = deadline == 0
                || execution.isEmpty()
                || execution.get().awaitEndsCommitted(deadline - System.nanoTime());
        if (!ends) {
            warnings.add("materialized view '" + view.name() + "' does not show yet all that its sources hold;"
                    + " 'sabot.read-your-writes' says how long to wait");
        }
        return warnings;
    }

    private Optional<JobExecution> execution(ObjectName view) {
        return engine.jobs().find(Engine.jobOf(view)).flatMap(Job::execution);
    }

    /** Returns whether there is anything in the view to wait for. */
    private boolean reach(ObjectName view, Map<ObjectName, Long> places) {
        Boolean known = reached.get(view);
        if (known != null) {
            return known;
        }
        reached.put(view, false);
        Optional<Job> job = engine.jobs().find(Engine.jobOf(view));
        if (job.isEmpty() || job.get().phase() == JobPhase.FINISHED) {
            return false;
        }
        Optional<JobExecution> execution = job.get().execution();
        if (execution.isEmpty()) {
            warnings.add("materialized view '" + view.name() + "' is not kept up to date: its job '"
                    + job.get().name() + "' is " + job.get().phase().name().toLowerCase(Locale.ROOT));
            return false;
        }
        boolean concerned = false;
        boolean all = true;
        for (ObjectName input : execution.get().storedInputs()) {
            boolean ofView = reach(input, places);
            if (ofView || places.containsKey(input)) {
                long end = engine.endOf(input).orElse(0L);
                long place = ofView ? end : Math.min(end, places.getOrDefault(input, 0L));
                long watermark = engine.watermarkOf(input);
                all &= deadline == 0
                        || execution.get().awaitCommitted(input, place, watermark, deadline - System.nanoTime());
                concerned = true;
            }
        }
        reached.put(view, concerned);
        if (!all) {
            warnings.add("materialized view '" + view.name() + "' does not show yet all that this session wrote;"
                    + " 'sabot.read-your-writes' says how long to wait");
        }
        return concerned;
    }
}
