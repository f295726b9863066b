package io.sabot.catalog.function;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.function.TableFunction;
import io.sabot.function.UserDefinedFunction;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A function whose calls go to the {@code eval} methods of a class; what they take and give follows from their signatures and
 * hints. A class that extends {@link TableFunction} gives rows.
 */
public final class JavaFunction {
    private final FunctionClass type;
    private final List<Signature> signatures;
    private final boolean deterministic;

    /**
     * One method.
     *
     * @param first number of parameters that come before the arguments
     * @param parameters of a variable number the last one stands for all that follow
     */
    public record Signature(Method method, int first, List<DataType> parameters, DataType result) {
        public Signature {
            parameters = List.copyOf(parameters);
        }

        /** Type of an argument. */
        public DataType parameter(int index) {
            return parameters.get(Math.min(index, parameters.size() - 1));
        }

        /** Class of an argument. */
        public Class<?> parameterClass(int index) {
            Class<?>[] classes = method.getParameterTypes();
            return method.isVarArgs() && first + index >= classes.length - 1
                    ? classes[classes.length - 1].getComponentType()
                    : classes[first + index];
        }
    }

    /**
     * Looks at a class.
     *
     * @param hints the type that a hint says
     */
    public JavaFunction(String name, Class<?> type, Function<String, DataType> hints) {
        this.type = new FunctionClass(name, type, hints);
        this.signatures =
                this.type.methods("eval").stream().map(this::signature).toList();
        if (signatures.isEmpty()) {
            throw this.type.invalid(
                    "it has no public method named eval", "write: public String eval(String text) { … }");
        }
        this.deterministic = !(newInstance() instanceof UserDefinedFunction function) || function.isDeterministic();
    }

    /** The name as SQL has it. */
    public String name() {
        return type.name();
    }

    /** Whether it gives rows. */
    public boolean isTable() {
        return TableFunction.class.isAssignableFrom(type.type());
    }

    /** Whether equal arguments give equal results. */
    public boolean isDeterministic() {
        return deterministic;
    }

    /** What it takes. */
    public List<Signature> signatures() {
        return signatures;
    }

    /** An object to call; the caller opens and closes it. */
    public Object newInstance() {
        return type.newInstance();
    }

    private Signature signature(Method method) {
        Type result =
                isTable() ? type.argument(TableFunction.class, 0).orElse(Object.class) : method.getGenericReturnType();
        return type.signature(method, 0, result, "the result of eval");
    }

    /** The method for arguments of these types: the one that needs the fewest conversions. */
    public Optional<Signature> find(List<DataType> arguments) {
        return find(signatures, arguments);
    }

    /** As the other, among these. */
    public static Optional<Signature> find(List<Signature> signatures, List<DataType> arguments) {
        Signature best = null;
        int least = Integer.MAX_VALUE;
        for (Signature signature : signatures) {
            int distance = distance(signature, arguments);
            if (distance >= 0 && distance < least) {
                best = signature;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int distance(Signature signature, List<DataType> arguments) {
        int count = signature.parameters().size();
        boolean rest = signature.method().isVarArgs();
        if (rest ? arguments.size() < count - 1 : arguments.size() != count) {
            return -1;
        }
        int sum = rest ? 1 : 0;
        for (int i = 0; i < arguments.size(); i++) {
            int one = distance(arguments.get(i), signature.parameter(i));
            if (one < 0) {
                return -1;
            }
            sum += one;
        }
        return sum;
    }

    /** How far a type is from another into which its values go without loss; -1 when they do not. */
    private static int distance(DataType from, DataType to) {
        if (!(from instanceof AtomicType a) || !(to instanceof AtomicType b)) {
            return from instanceof AtomicType none && none.kind() == TypeKind.NULL
                    ? 0
                    : JavaShapes.alike(from, to) ? 0 : -1;
        }
        if (a.kind() == TypeKind.NULL || a.kind() == b.kind()) {
            return 0;
        }
        if ((a.kind().isText() && b.kind().isText())
                || (a.kind().isBinary() && b.kind().isBinary())) {
            return 0;
        }
        List<TypeKind> wider = List.of(
                TypeKind.TINYINT,
                TypeKind.SMALLINT,
                TypeKind.INT,
                TypeKind.BIGINT,
                TypeKind.DECIMAL,
                TypeKind.FLOAT,
                TypeKind.DOUBLE);
        int difference = wider.indexOf(b.kind()) - wider.indexOf(a.kind());
        return wider.contains(a.kind()) && wider.contains(b.kind()) && difference > 0 ? difference * 2 : -1;
    }
}
