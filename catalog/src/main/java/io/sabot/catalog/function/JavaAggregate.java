package io.sabot.catalog.function;

import io.sabot.catalog.type.DataType;
import io.sabot.function.AggregateFunction;
import io.sabot.function.DataTypeHint;
import io.sabot.function.FunctionHint;
import io.sabot.function.ImperativeAggregateFunction;
import io.sabot.function.TableAggregateFunction;
import io.sabot.function.UserDefinedFunction;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function that gives one value for many rows, by the methods {@code createAccumulator}, {@code accumulate}, {@code getValue}
 * and perhaps {@code retract} and {@code merge} of a class, as Flink calls them. Accumulators are kept as bytes: {@link #codec}.
 */
public final class JavaAggregate {
    private final FunctionClass type;
    private final Method create;
    private final Method value;
    private final List<JavaFunction.Signature> signatures;
    private final @Nullable Method merge;
    private final ObjectCodec codec;
    private final boolean deterministic;

    /**
     * Looks at a class.
     *
     * @param hints the type that a hint says
     */
    public JavaAggregate(String name, Class<?> type, Function<String, DataType> hints) {
        this.type = new FunctionClass(name, type, hints);
        if (TableAggregateFunction.class.isAssignableFrom(type)) {
            throw this.type.invalid(
                    "functions that aggregate to several rows are not supported",
                    "give an ARRAY of ROWs, and write CROSS JOIN UNNEST over it");
        }
        this.create = method("createAccumulator", 0, "public Sum createAccumulator() { … }");
        this.value = method("getValue", 1, "public Long getValue(Sum accumulator) { … }");
        this.signatures = this.type.methods("accumulate").stream()
                .filter(method -> method.getParameterCount() > 0)
                .map(method -> this.type.signature(method, 1, resultType(), "the result of getValue"))
                .toList();
        if (signatures.isEmpty()) {
            throw this.type.invalid(
                    "it has no public method named accumulate",
                    "write: public void accumulate(Sum accumulator, Long value) { … }");
        }
        this.merge = this.type.methods("merge").stream()
                .filter(method -> method.getParameterCount() == 2 && method.getParameterTypes()[1] == Iterable.class)
                .findFirst()
                .orElse(null);
        try {
            this.codec = new ObjectCodecs(this.type).of(accumulatorHint(), accumulatorType());
        } catch (NoClassDefFoundError e) {
            throw this.type.missing(e);
        }
        this.deterministic = !(newInstance() instanceof UserDefinedFunction function) || function.isDeterministic();
    }

    /** Whether a class aggregates. */
    public static boolean isAggregate(Class<?> type) {
        return ImperativeAggregateFunction.class.isAssignableFrom(type)
                || Arrays.stream(type.getMethods())
                        .anyMatch(method -> method.getName().equals("accumulate"));
    }

    private Method method(String method, int parameters, String example) {
        return type.methods(method).stream()
                .filter(one -> one.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow(() -> type.invalid("it has no public method named " + method, "write: " + example));
    }

    private Type resultType() {
        return type.argument(AggregateFunction.class, 0)
                .filter(java -> !(java instanceof TypeVariable<?>))
                .orElseGet(value::getGenericReturnType);
    }

    private Type accumulatorType() {
        return type.argument(AggregateFunction.class, 1)
                .filter(java -> !(java instanceof TypeVariable<?>))
                .orElseGet(create::getGenericReturnType);
    }

    private String accumulatorHint() {
        return signatures.stream()
                .map(signature -> type.hint(signature.method()))
                .flatMap(Optional::stream)
                .map(FunctionHint::accumulator)
                .map(DataTypeHint::value)
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse(FunctionClass.value(create.getAnnotation(DataTypeHint.class)));
    }

    /** The name as SQL has it. */
    public String name() {
        return type.name();
    }

    /** Whether equal rows give equal values. */
    public boolean isDeterministic() {
        return deterministic;
    }

    /** What it takes. */
    public List<JavaFunction.Signature> signatures() {
        return signatures;
    }

    /** The method for arguments of these types: the one that needs the fewest conversions. */
    public Optional<JavaFunction.Signature> find(List<DataType> arguments) {
        return JavaFunction.find(signatures, arguments);
    }

    /** The method that takes back what another has accumulated. */
    public Optional<Method> retract(JavaFunction.Signature accumulate) {
        Class<?>[] taken = accumulate.method().getParameterTypes();
        return type.methods("retract").stream()
                .filter(method -> Arrays.equals(method.getParameterTypes(), taken))
                .findFirst();
    }

    /** The method that makes an accumulator. */
    public Method createAccumulator() {
        return create;
    }

    /** The method that gives the value of an accumulator. */
    public Method value() {
        return value;
    }

    /** The method that adds accumulators to one. */
    public Optional<Method> merge() {
        return Optional.ofNullable(merge);
    }

    /** How accumulators become bytes. */
    public ObjectCodec codec() {
        return codec;
    }

    /** An object to call; the caller opens and closes it. */
    public Object newInstance() {
        return type.newInstance();
    }
}
