/** Functions as data. How they are computed belongs to {@code executor.expression} and {@code executor.aggregate}. */
@NullMarked
package io.sabot.catalog.function;

import org.jspecify.annotations.NullMarked;
