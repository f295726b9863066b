package io.sabot.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which SQL type a parameter, a result or a whole output has. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
public @interface DataTypeHint {
    /** The type as SQL has it, for instance {@code DECIMAL(10, 2)} or {@code ROW<a INT, b STRING>}. */
    String value() default "";
}
