package io.sabot.catalog.function;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Finds classes of functions in jars, apart from those of the engine: what jars have comes first, then the JDK, then {@code
 * io.sabot.function}, then the class path of the process.
 *
 * <p>Classes that were compiled for Flink's functions are read as if they had been compiled for those of {@code
 * io.sabot.function}: names of the former in the constant pool (JVMS §4.4) are replaced.
 */
final class JarClassLoader extends URLClassLoader {
    private static final String FUNCTIONS = "org/apache/flink/table/functions/";
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(FUNCTIONS + "UserDefinedFunction", "io/sabot/function/UserDefinedFunction"),
            Map.entry(FUNCTIONS + "ScalarFunction", "io/sabot/function/ScalarFunction"),
            Map.entry(FUNCTIONS + "TableFunction", "io/sabot/function/TableFunction"),
            Map.entry(FUNCTIONS + "ImperativeAggregateFunction", "io/sabot/function/ImperativeAggregateFunction"),
            Map.entry(FUNCTIONS + "AggregateFunction", "io/sabot/function/AggregateFunction"),
            Map.entry(FUNCTIONS + "TableAggregateFunction", "io/sabot/function/TableAggregateFunction"),
            Map.entry(FUNCTIONS + "FunctionContext", "io/sabot/function/FunctionContext"),
            Map.entry("org/apache/flink/table/annotation/DataTypeHint", "io/sabot/function/DataTypeHint"),
            Map.entry("org/apache/flink/table/annotation/FunctionHint", "io/sabot/function/FunctionHint"),
            Map.entry("org/apache/flink/util/Collector", "io/sabot/function/Collector"),
            Map.entry("org/apache/flink/types/Row", "io/sabot/function/Row"));

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private final ClassLoader process;

    JarClassLoader(List<String> jars, ClassLoader process) {
        super(jars.stream().map(JarClassLoader::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.process = process;
    }

    private static URL url(String jar) {
        try {
            return Path.of(jar).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            if (name.startsWith("io.sabot.function.")) {
                return process.loadClass(name);
            }
            try {
                return super.loadClass(name, resolve);
            } catch (ClassNotFoundException e) {
                return ofProcess(name);
            }
        }
    }

    /** A class beside the engine, for instance in a program that embeds it; read anew when it was compiled for Flink. */
    private Class<?> ofProcess(String name) throws ClassNotFoundException {
        try (InputStream in = process.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in != null && !name.startsWith("io.sabot.")) {
                byte[] bytes = in.readAllBytes();
                byte[] renamed = renamed(bytes);
                if (renamed.length != bytes.length) {
                    return defineClass(name, renamed, 0, renamed.length);
                }
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        return process.loadClass(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        URL resource = findResource(name.replace('.', '/') + ".class");
        if (resource == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = resource.openStream()) {
            byte[] bytes = renamed(in.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** A class file with our names in place of Flink's. */
    static byte[] renamed(byte[] bytes) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream(bytes.length);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        DataOutputStream out = new DataOutputStream(result);
        out.writeLong(in.readLong()); // magic, minor, major
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                out.writeUTF(renamed(in.readUTF()));
            } else {
                out.write(in.readNBytes(length(tag)));
                i += tag == LONG || tag == DOUBLE ? 1 : 0;
            }
        }
        in.transferTo(out);
        return result.toByteArray();
    }

    private static String renamed(String text) {
        if (!text.contains("org/apache/flink/")) {
            return text;
        }
        String renamed = text;
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }

    /** Bytes of a constant behind its tag. */
    private static int length(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new IllegalArgumentException("constant of kind " + tag);
        };
    }
}
