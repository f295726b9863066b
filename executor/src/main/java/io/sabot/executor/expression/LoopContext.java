package io.sabot.executor.expression;

import java.util.Locale;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/** What generated loops ask of their surroundings, in Calcite's terms. */
final class LoopContext implements DataContext {
    private final EvaluationContext context;

    LoopContext(EvaluationContext context) {
        this.context = context;
    }

    @Override
    public @Nullable SchemaPlus getRootSchema() {
        return null;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
        return RexTypes.FACTORY;
    }

    @Override
    public QueryProvider getQueryProvider() {
        throw new AssertionError("expressions run no queries");
    }

    @Override
    public @Nullable Object get(String name) {
        long now = context.statementClock().getAsLong();
        TimeZone zone = TimeZone.getTimeZone(context.zone());
        return switch (name) {
            case "utcTimestamp", "currentTimestamp" -> now;
            case "localTimestamp" -> now + zone.getOffset(now);
            case "timeZone" -> zone;
            case "locale" -> Locale.ROOT;
            default -> null;
        };
    }
}
