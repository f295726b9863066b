package io.sabot.catalog.function;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.function.DataTypeHint;
import io.sabot.function.FunctionHint;
import io.sabot.function.TableFunction;
import io.sabot.function.UserDefinedFunction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function whose calls go to the {@code eval} methods of a class; what they take and give follows from their signatures and
 * hints. A class that extends {@link TableFunction} gives rows.
 */
public final class JavaFunction {
    private final String name;
    private final Class<?> type;
    private final Function<String, DataType> hints;
    private final List<Signature> signatures;
    private final boolean deterministic;

    /**
     * One {@code eval} method.
     *
     * @param parameters of a variable number the last one stands for all that follow
     */
    public record Signature(Method method, List<DataType> parameters, DataType result) {
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
            return method.isVarArgs() && index >= classes.length - 1
                    ? classes[classes.length - 1].getComponentType()
                    : classes[index];
        }
    }

    /**
     * Looks at a class.
     *
     * @param hints the type that a hint says
     */
    public JavaFunction(String name, Class<?> type, Function<String, DataType> hints) {
        this.name = name;
        this.type = type;
        this.hints = hints;
        this.signatures = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("eval") && !method.isBridge())
                .map(this::signature)
                .sorted(Comparator.comparing(signature -> signature.method().toString()))
                .toList();
        boolean aggregates = Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("accumulate"));
        if (aggregates && signatures.isEmpty()) {
            throw invalid("aggregate functions of users are not supported", "");
        }
        if (signatures.isEmpty()) {
            throw invalid("it has no public method named eval", "write: public String eval(String text) { … }");
        }
        this.deterministic = !(newInstance() instanceof UserDefinedFunction function) || function.isDeterministic();
    }

    /** The name as SQL has it. */
    public String name() {
        return name;
    }

    /** Whether it gives rows. */
    public boolean isTable() {
        return TableFunction.class.isAssignableFrom(type);
    }

    /** Whether equal arguments give equal results. */
    public boolean isDeterministic() {
        return deterministic;
    }

    /** What it takes, for error texts. */
    public List<Signature> signatures() {
        return signatures;
    }

    /** An object to call; the caller opens and closes it. */
    public Object newInstance() {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw invalid("it is abstract", "");
        }
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw invalid("its constructor fails: " + e.getCause(), "");
        } catch (ReflectiveOperationException e) {
            throw invalid("it has no public constructor without arguments", "make class and constructor public");
        }
    }

    private CatalogException invalid(String why, String hint) {
        return new CatalogException(
                CatalogException.Kind.INVALID_DEFINITION,
                name,
                "class " + type.getName() + " cannot be used as function '" + name + "'",
                why,
                hint);
    }

    private Signature signature(Method method) {
        FunctionHint hint = Optional.ofNullable(method.getAnnotation(FunctionHint.class))
                .orElse(type.getAnnotation(FunctionHint.class));
        List<DataType> parameters = new ArrayList<>();
        Type[] types = method.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            boolean rest = method.isVarArgs() && i == types.length - 1;
            Type java = rest ? method.getParameterTypes()[i].getComponentType() : types[i];
            DataTypeHint own = method.getParameters()[i].getAnnotation(DataTypeHint.class);
            String said = hint != null && hint.input().length > i ? hint.input()[i].value() : value(own);
            parameters.add(said(said, java, "parameter " + (i + 1) + " of eval"));
        }
        String output = hint != null && !hint.output().value().isEmpty()
                ? hint.output().value()
                : value(method.getAnnotation(DataTypeHint.class));
        Type result = isTable() ? rowType() : method.getGenericReturnType();
        return new Signature(method, parameters, said(output, result, "the result of eval"));
    }

    private static String value(@Nullable DataTypeHint hint) {
        return hint == null ? "" : hint.value();
    }

    private DataType said(String hint, Type java, String what) {
        if (!hint.isEmpty()) {
            return hints.apply(hint);
        }
        return JavaTypes.of(java)
                .orElseThrow(() -> invalid(
                        what + " has the class " + java.getTypeName() + ", which has no SQL type of its own",
                        "say it: @DataTypeHint(\"ROW<a INT, b STRING>\"), or @FunctionHint(output = …) at the class"));
    }

    /** What a table function is declared to collect. */
    private Type rowType() {
        Class<?> at = type;
        while (at.getSuperclass() != TableFunction.class) {
            at = at.getSuperclass();
        }
        return at.getGenericSuperclass() instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()[0]
                : Object.class;
    }

    /** The method for arguments of these types: the one that needs the fewest conversions. */
    public Optional<Signature> find(List<DataType> arguments) {
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
