package io.sabot.executor.batch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Opens {@code java.nio} to Arrow from inside, so that a program that embeds Sabot needs no JVM flag.
 *
 * <p>Arrow's memory core reads a private field of {@code java.nio.Buffer} when it starts and fails if the package is
 * closed. The JDK's own trusted lookup, read through Unsafe, may call {@code Module.implAddOpens}. Must run before the
 * first Arrow class is touched: every class here that touches Arrow calls {@link #open} from its static initialiser.
 * The only place in Sabot, beside user functions, that uses reflection. Where the JDK refuses, Arrow's own message says
 * which flag is missing.
 */
final class ArrowAccess {
    private static final boolean OPENED = openJavaNio();

    private ArrowAccess() {}

    /** Opens the package; calling again does nothing. Returns whether it is open. */
    static boolean open() {
        return OPENED;
    }

    private static boolean openJavaNio() {
        try {
            Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
            Field instance = unsafeClass.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object unsafe = instance.get(null);
            Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
            Method base = unsafeClass.getMethod("staticFieldBase", Field.class);
            Method offset = unsafeClass.getMethod("staticFieldOffset", Field.class);
            Method read = unsafeClass.getMethod("getObject", Object.class, long.class);
            MethodHandles.Lookup lookup = (MethodHandles.Lookup)
                    read.invoke(unsafe, base.invoke(unsafe, trusted), offset.invoke(unsafe, trusted));
            MethodHandle addOpens =
                    lookup.findVirtual(Module.class, "implAddOpens", MethodType.methodType(void.class, String.class));
            addOpens.invoke(Object.class.getModule(), "java.nio");
            return true;
        } catch (Throwable e) {
            // The JVM may already have been started with --add-opens; if not, Arrow reports what is missing.
            return Object.class.getModule().isOpen("java.nio", ArrowAccess.class.getModule());
        }
    }
}
