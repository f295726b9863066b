package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.WindowEmission;
import java.time.ZoneId;
import java.util.function.Function;

/**
 * What a statement asks of its plan.
 *
 * @param atEnd whether the plan answers once, from input that ends: updating operators wait for the end
 * @param stopsSources whether sources stop at the end that they have when the plan starts
 * @param noneLate whether no watermark runs before the end, so that no row is late
 * @param zone session time zone, in which days begin for windows over instants
 * @param limited whether a LIMIT ends the plan, so that sources need not end
 * @param keyedChanges whether changes that a format delivers are told apart by primary key alone, since they may come twice
 * @param windowEmission when window aggregations put results out
 * @param view whether the plan keeps a materialized view, which always equals a plain SELECT of its query: a global aggregate
 *     has its row from the start, and when all of its rows have gone
 * @param idleTimeoutMillis for sources that set none of their own
 * @param stateTtl for how long state stays that is not written
 * @param lateTables by table with {@code 'sabot.late-rows'}, the stream that takes its late rows
 */
public record PlanOptions(
        boolean atEnd,
        boolean stopsSources,
        boolean noneLate,
        ZoneId zone,
        long idleTimeoutMillis,
        Descriptors descriptors,
        Places places,
        boolean limited,
        boolean keyedChanges,
        WindowEmission windowEmission,
        boolean view,
        Function<Table, Table> lateTables,
        StateTtls stateTtl) {
    SqlSpan span() {
        return places.whole();
    }
}
