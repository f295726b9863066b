package io.sabot.executor.batch;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.SabotException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Calls of one method of one function of a user, row by row; owns the object that is called. One thread uses it. */
public final class JavaCall implements AutoCloseable {
    private final JavaFunction.Signature signature;
    private final List<DataType> types;
    private final JavaTarget target;

    /** @param types of the arguments, as {@link JavaFunction.Signature#parameter} says */
    public JavaCall(JavaFunction function, JavaFunction.Signature signature, List<DataType> types) {
        this.signature = signature;
        this.types = List.copyOf(types);
        this.target = new JavaTarget(function.name(), function.newInstance());
    }

    /** The object that is called. */
    public Object target() {
        return target.target();
    }

    /**
     * Calls the method with a row of arguments; null without a call when a NULL has no place in its parameters.
     *
     * @throws SabotException 22000 naming function and arguments if the method throws
     */
    public @Nullable Object call(List<FieldVector> arguments, int row) {
        int count = arguments.size();
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            Class<?> wanted = signature.parameterClass(i);
            values[i] = JavaValues.read(arguments.get(i), row, types.get(i), wanted);
            if (values[i] == null && wanted.isPrimitive()) {
                return null;
            }
        }
        return target.invoke(signature.method(), JavaTarget.passed(signature, values), values);
    }

    /** What cannot be used as a result. */
    public SabotException badResult(RuntimeException cause) {
        return target.badValue(signature.result().name(), cause);
    }

    @Override
    public void close() {
        target.close();
    }
}
