package io.sabot.catalog.function;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.type.DataType;
import io.sabot.function.DataTypeHint;
import io.sabot.function.FunctionHint;
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
 * The class of a function: what its methods take, by their signatures and hints.
 *
 * @param hints the type that a hint says
 */
record FunctionClass(String name, Class<?> type, Function<String, DataType> hints) {
    /** Public methods of a name, always in the same order. */
    List<Method> methods(String method) {
        try {
            return Arrays.stream(type.getMethods())
                    .filter(one -> one.getName().equals(method) && !one.isBridge())
                    .sorted(Comparator.comparing(Method::toString))
                    .toList();
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    /** A class that is named, but not there. */
    CatalogException missing(NoClassDefFoundError error) {
        return invalid(
                "it uses class " + String.valueOf(error.getMessage()).replace('/', '.') + ", which is not there", "");
    }

    CatalogException invalid(String why, String hint) {
        return new CatalogException(
                CatalogException.Kind.INVALID_DEFINITION,
                name,
                "class " + type.getName() + " cannot be used as function '" + name + "'",
                why,
                hint);
    }

    /** An object to call. */
    Object newInstance() {
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

    /** The hint of a method, or of the class. */
    Optional<FunctionHint> hint(Method method) {
        return Optional.ofNullable(method.getAnnotation(FunctionHint.class))
                .or(() -> Optional.ofNullable(type.getAnnotation(FunctionHint.class)));
    }

    /**
     * What a method takes and gives.
     *
     * @param first parameters before the arguments
     * @param result of the method, or of the whole function
     */
    JavaFunction.Signature signature(Method method, int first, Type result, String resultName) {
        Optional<FunctionHint> hint = hint(method);
        List<DataType> parameters = new ArrayList<>();
        Type[] types = method.getGenericParameterTypes();
        for (int i = first; i < types.length; i++) {
            boolean rest = method.isVarArgs() && i == types.length - 1;
            Type java = rest ? method.getParameterTypes()[i].getComponentType() : types[i];
            int argument = i - first;
            String said = hint.filter(all -> all.input().length > argument)
                    .map(all -> all.input()[argument].value())
                    .orElse(value(method.getParameters()[i].getAnnotation(DataTypeHint.class)));
            parameters.add(said(said, java, "parameter " + (i + 1) + " of " + method.getName()));
        }
        String output = hint.map(all -> all.output().value())
                .filter(value -> !value.isEmpty())
                .orElse(value(method.getAnnotation(DataTypeHint.class)));
        return new JavaFunction.Signature(method, first, parameters, said(output, result, resultName));
    }

    static String value(@Nullable DataTypeHint hint) {
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

    /** What the class says for a type parameter of a class that it extends; empty where it says none. */
    Optional<Type> argument(Class<?> base, int index) {
        Class<?> at = type;
        while (at.getSuperclass() != null && at.getSuperclass() != base) {
            at = at.getSuperclass();
        }
        return at.getGenericSuperclass() instanceof ParameterizedType generic
                ? Optional.of(generic.getActualTypeArguments()[index])
                : Optional.empty();
    }
}
