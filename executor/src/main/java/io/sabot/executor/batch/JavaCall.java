package io.sabot.executor.batch;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.function.FunctionContext;
import io.sabot.function.UserDefinedFunction;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Calls of one method of one function of a user, row by row; owns the object that is called. One thread uses it. */
public final class JavaCall implements AutoCloseable {
    private final JavaFunction function;
    private final JavaFunction.Signature signature;
    private final List<DataType> types;
    private final Object target;
    private boolean opened;

    /** @param types of the arguments, as {@link JavaFunction.Signature#parameter} says */
    public JavaCall(JavaFunction function, JavaFunction.Signature signature, List<DataType> types) {
        this.function = function;
        this.signature = signature;
        this.types = List.copyOf(types);
        this.target = function.newInstance();
    }

    /** The object that is called. */
    public Object target() {
        return target;
    }

    /**
     * Calls the method with a row of arguments; null without a call when a NULL has no place in its parameters.
     *
     * @throws SabotException 22000 naming function and arguments if the method throws
     */
    public @Nullable Object call(List<FieldVector> arguments, int row) {
        open();
        int count = arguments.size();
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            Class<?> wanted = signature.parameterClass(i);
            values[i] = JavaValues.read(arguments.get(i), row, types.get(i), wanted);
            if (values[i] == null && wanted.isPrimitive()) {
                return null;
            }
        }
        try {
            return signature.method().invoke(target, passed(values));
        } catch (InvocationTargetException e) {
            throw failed(e.getCause() == null ? e : e.getCause(), values);
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw failed(e, values);
        }
    }

    private void open() {
        if (opened) {
            return;
        }
        opened = true;
        signature.method().setAccessible(true);
        if (target instanceof UserDefinedFunction user) {
            try {
                user.open(new FunctionContext());
            } catch (Exception e) {
                throw failed(e, new Object[0]);
            }
        }
    }

    /** The arguments as the method takes them: those of a variable number in an array. */
    private @Nullable Object[] passed(@Nullable Object[] values) {
        if (!signature.method().isVarArgs()) {
            return values;
        }
        int fixed = signature.parameters().size() - 1;
        @Nullable Object[] passed = new Object[fixed + 1];
        System.arraycopy(values, 0, passed, 0, fixed);
        Object rest = Array.newInstance(signature.parameterClass(fixed), values.length - fixed);
        for (int i = fixed; i < values.length; i++) {
            if (values[i] != null) {
                Array.set(rest, i - fixed, values[i]);
            }
        }
        passed[fixed] = rest;
        return passed;
    }

    private SabotException failed(Throwable cause, @Nullable Object[] values) {
        List<String> shown = new ArrayList<>();
        for (Object value : values) {
            shown.add(value == null ? "NULL" : value instanceof String text ? "'" + text + "'" : value.toString());
        }
        return SabotException.of(ErrorCode.DATA_EXCEPTION, "function '" + function.name() + "' failed: " + cause)
                .why("called with (" + String.join(", ", shown) + ")")
                .causedBy(cause);
    }

    /** What cannot be used as a result. */
    public SabotException badResult(RuntimeException cause) {
        return SabotException.of(
                        ErrorCode.DATA_EXCEPTION,
                        "function '" + function.name() + "' gave a value that is no "
                                + signature.result().name())
                .why(String.valueOf(cause.getMessage()))
                .causedBy(cause);
    }

    @Override
    public void close() {
        if (opened && target instanceof UserDefinedFunction user) {
            opened = false;
            try {
                user.close();
            } catch (Exception e) {
                throw failed(e, new Object[0]);
            }
        }
    }
}
