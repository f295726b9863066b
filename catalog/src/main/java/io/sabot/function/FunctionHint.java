package io.sabot.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which SQL types a function takes and gives. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface FunctionHint {
    /** Types of the parameters; none leaves them to the method. */
    DataTypeHint[] input() default {};

    /** Type of the accumulator of an aggregate function. */
    DataTypeHint accumulator() default @DataTypeHint;

    /** Type of the result, or of the rows that are given. */
    DataTypeHint output() default @DataTypeHint;
}
