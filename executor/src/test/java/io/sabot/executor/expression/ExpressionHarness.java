package io.sabot.executor.expression;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.Selection;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Evaluates SQL expressions over text tables. */
final class ExpressionHarness {
    static final EvaluationContext CONTEXT =
            new EvaluationContext(ZoneId.of("UTC"), () -> 1_700_000_000_123L, () -> 1_700_000_000_123L, () -> 42L);

    private final BufferAllocator allocator;
    private final Schema schema;
    private final ExpressionCompiler compiler;

    ExpressionHarness(BufferAllocator allocator, Schema schema) {
        this(allocator, schema, CONTEXT);
    }

    ExpressionHarness(BufferAllocator allocator, Schema schema, EvaluationContext context) {
        this.allocator = allocator;
        this.schema = schema;
        this.compiler = new ExpressionCompiler(context);
    }

    /** The columns of a SELECT list over a table, a line per row. */
    String project(String select, String table) {
        return project(SqlExpressions.parseAll(schema, select), table, null);
    }

    String project(List<RexNode> expressions, String table, @Nullable Selection rows) {
        try (Projector projector = compiler.projector(expressions, schema);
                Batch batch = BatchText.parse(allocator, schema, table)) {
            int count = rows == null ? batch.rowCount() : rows.count();
            try (Batch result = Batch.of(projector.project(batch, rows, allocator), count)) {
                return BatchText.rows(result, projector.output()).stream()
                        .map(row -> row.substring("+I | ".length()))
                        .collect(Collectors.joining("\n"));
            }
        }
    }

    /** The row numbers for which a condition is true, joined by blanks. */
    String filter(String condition, String table) {
        try (Predicate predicate = compiler.predicate(SqlExpressions.parse(schema, condition), schema);
                Batch batch = BatchText.parse(allocator, schema, table)) {
            Selection selection = predicate.select(batch);
            return Arrays.stream(selection.indices(), 0, selection.count())
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(" "));
        }
    }
}
