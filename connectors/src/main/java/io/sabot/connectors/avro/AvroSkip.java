package io.sabot.connectors.avro;

import io.sabot.connectors.record.FieldProblem;
import org.apache.avro.Schema;

/** Steps over values. */
final class AvroSkip {
    private AvroSkip() {}

    static void skip(Schema schema, AvroInput input) throws FieldProblem {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> input.move(1);
            case INT, LONG, ENUM -> input.nextLong();
            case FLOAT -> input.move(4);
            case DOUBLE -> input.move(8);
            case FIXED -> input.move(schema.getFixedSize());
            case STRING, BYTES -> input.move(input.nextLength());
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    skip(field.schema(), input);
                }
            }
            case ARRAY -> {
                for (long left = input.nextBlock(); left > 0; left = input.nextBlock()) {
                    for (long i = 0; i < left; i++) {
                        skip(schema.getElementType(), input);
                    }
                }
            }
            case MAP -> {
                for (long left = input.nextBlock(); left > 0; left = input.nextBlock()) {
                    for (long i = 0; i < left; i++) {
                        input.move(input.nextLength());
                        skip(schema.getValueType(), input);
                    }
                }
            }
            case UNION -> skip(branch(schema, input), input);
        }
    }

    /** The branch of a union that the next value has. */
    static Schema branch(Schema union, AvroInput input) throws FieldProblem {
        return union.getTypes().get(branchIndex(union, input));
    }

    static int branchIndex(Schema union, AvroInput input) throws FieldProblem {
        long index = input.nextLong();
        if (index < 0 || index >= union.getTypes().size()) {
            throw new FieldProblem("", "there is no branch " + index + " in a union: the record has another schema");
        }
        return (int) index;
    }
}
