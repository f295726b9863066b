package io.sabot.executor.batch;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.function.FunctionContext;
import io.sabot.function.UserDefinedFunction;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object of a function of a user, opened at its first call. One thread uses it. */
public final class JavaTarget implements AutoCloseable {
    private final String function;
    private final Object target;
    private boolean opened;

    /** Takes the object over. */
    public JavaTarget(String function, Object target) {
        this.function = function;
        this.target = target;
    }

    /** The object that is called. */
    public Object target() {
        return target;
    }

    /**
     * Calls a method.
     *
     * @param passed what it takes
     * @param shown the arguments that an error names
     * @throws SabotException 22000 naming function and arguments if the method throws
     */
    public @Nullable Object invoke(Method method, @Nullable Object[] passed, @Nullable Object[] shown) {
        open();
        try {
            return method.invoke(target, passed);
        } catch (IllegalAccessException e) {
            method.setAccessible(true);
            return invoke(method, passed, shown);
        } catch (InvocationTargetException e) {
            throw failed(e.getCause() == null ? e : e.getCause(), shown);
        } catch (IllegalArgumentException e) {
            throw failed(e, shown);
        }
    }

    private void open() {
        if (opened) {
            return;
        }
        opened = true;
        if (target instanceof UserDefinedFunction user) {
            try {
                user.open(new FunctionContext());
            } catch (Exception e) {
                throw failed(e, new Object[0]);
            }
        }
    }

    /** The arguments as a method takes them: those of a variable number in an array. */
    public static @Nullable Object[] passed(JavaFunction.Signature signature, @Nullable Object[] values) {
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
        return SabotException.of(ErrorCode.DATA_EXCEPTION, "function '" + function + "' failed: " + cause)
                .why("called with (" + String.join(", ", shown) + ")")
                .causedBy(cause);
    }

    /** What cannot be used in the place of a value of this kind. */
    public SabotException badValue(String kind, Exception cause) {
        return SabotException.of(
                        ErrorCode.DATA_EXCEPTION, "function '" + function + "' gave a value that is no " + kind)
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
