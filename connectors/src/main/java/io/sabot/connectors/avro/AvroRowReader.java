package io.sabot.connectors.avro;

import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.RowReader;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Reads what a scan wants of records that were written with one schema. */
final class AvroRowReader implements RowReader {
    private final List<Step> trees = new ArrayList<>();
    private final AvroInput input = new AvroInput();

    /** What to do with one value: step over it, or take it, or parts of it. */
    private interface Step {
        void run(AvroInput input, ColumnBuilder[] targets) throws FieldProblem;
    }

    /** @throws FieldProblem if a wanted column cannot be read from records with this schema */
    AvroRowReader(Schema writer, List<Wanted> wanted) throws FieldProblem {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new FieldProblem(
                    "", "the schema is no record, but " + writer.getType().getName());
        }
        for (Wanted tree : wanted) {
            trees.add(record(writer, tree));
        }
    }

    private static Step record(Schema writer, Wanted wanted) throws FieldProblem {
        List<Step> steps = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            Wanted of = wanted.fields().get(field.name());
            try {
                steps.add(of == null ? skip(field.schema()) : take(field.schema(), of));
            } catch (FieldProblem problem) {
                throw problem.inside(field.name());
            }
        }
        return (input, targets) -> {
            for (int i = 0; i < steps.size(); i++) {
                try {
                    steps.get(i).run(input, targets);
                } catch (FieldProblem problem) {
                    throw problem.inside(writer.getFields().get(i).name());
                }
            }
        };
    }

    private static Step skip(Schema schema) {
        return (input, targets) -> AvroSkip.skip(schema, input);
    }

    private static Step take(Schema schema, Wanted wanted) throws FieldProblem {
        if (wanted.isColumn()) {
            AvroValue value = AvroValue.of(schema, wanted.type());
            int column = wanted.column();
            return (input, targets) -> value.read(input, targets[column]);
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, wanted);
            case NULL -> skip(schema);
            case UNION -> {
                List<Step> branches = new ArrayList<>();
                for (Schema branch : schema.getTypes()) {
                    branches.add(take(branch, wanted));
                }
                yield (input, targets) ->
                        branches.get(AvroSkip.branchIndex(schema, input)).run(input, targets);
            }
            default ->
                throw new FieldProblem("", "the schema says " + schema.getType().getName() + ", which has no fields");
        };
    }

    @Override
    public void read(long start, int length, ColumnBuilder[] targets) throws FieldProblem {
        long end = readOne(start, length, targets);
        if (end != start + length) {
            throw new FieldProblem("", "there are bytes behind the record's last field: it has another schema");
        }
    }

    /** Reads the record that begins at an address, of a run of them; gives the first address behind it. */
    long readOne(long start, long length, ColumnBuilder[] targets) throws FieldProblem {
        for (Step tree : trees) {
            input.open(start, length);
            tree.run(input, targets);
        }
        return input.position();
    }
}
