package io.sabot.catalog.function;

import io.sabot.catalog.CatalogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Classes of functions, loaded once for each set of jars. Safe for any thread. */
public final class UserClasses implements AutoCloseable {
    private final Map<List<String>, JarClassLoader> loaders = new ConcurrentHashMap<>();

    /** The class of a function. */
    public Class<?> load(String functionName, UserFunction.JavaClass definition) {
        for (String jar : definition.jars()) {
            if (!Files.isReadable(Path.of(jar))) {
                throw new CatalogException(
                        CatalogException.Kind.INVALID_DEFINITION,
                        functionName,
                        "the jar of function '" + functionName + "' cannot be read",
                        "there is no file " + jar,
                        "");
            }
        }
        try {
            return Class.forName(definition.className(), true, loader(definition.jars()));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new CatalogException(
                    CatalogException.Kind.INVALID_DEFINITION,
                    functionName,
                    "the class of function '" + functionName + "' cannot be loaded",
                    e instanceof ClassNotFoundException
                            ? "there is no class " + definition.className()
                                    + (definition.jars().isEmpty() ? "" : " in " + String.join(", ", definition.jars()))
                            : "class " + definition.className() + ": " + e,
                    definition.jars().isEmpty() ? "say where it is: USING JAR '/path/to.jar'" : "");
        }
    }

    private JarClassLoader loader(List<String> jars) {
        return loaders.computeIfAbsent(jars, key -> new JarClassLoader(key, UserClasses.class.getClassLoader()));
    }

    /** Frees the files. */
    @Override
    public void close() {
        try {
            for (JarClassLoader loader : loaders.values()) {
                loader.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            loaders.clear();
        }
    }
}
