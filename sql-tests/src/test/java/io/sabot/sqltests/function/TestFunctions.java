package io.sabot.sqltests.function;

import io.sabot.function.DataTypeHint;
import io.sabot.function.FunctionContext;
import io.sabot.function.FunctionHint;
import io.sabot.function.Row;
import io.sabot.function.ScalarFunction;
import io.sabot.function.TableFunction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a user could have written. */
public final class TestFunctions {
    private TestFunctions() {}

    /** A plain class with several methods. */
    public static final class Shout {
        public @Nullable String eval(@Nullable String text) {
            return text == null ? null : text.toUpperCase(Locale.ROOT) + "!";
        }

        public String eval(String text, int times) {
            return (text + "!").repeat(times);
        }
    }

    /** Any number of arguments. */
    public static final class Largest extends ScalarFunction {
        public Integer eval(Integer... values) {
            return Arrays.stream(values).max(Integer::compare).orElse(0);
        }
    }

    /** A method for each type of number. */
    public static final class Kind extends ScalarFunction {
        public String eval(int value) {
            return "int " + value;
        }

        public String eval(long value) {
            return "long " + value;
        }

        public String eval(Double value) {
            return "double " + value;
        }

        public String eval(boolean value) {
            return "boolean " + value;
        }
    }

    /** Types by hints. */
    public static final class Price extends ScalarFunction {
        public @DataTypeHint("DECIMAL(10, 2)") BigDecimal eval(@DataTypeHint("DECIMAL(10, 4)") BigDecimal value) {
            return value.multiply(BigDecimal.valueOf(3));
        }
    }

    /** Dates and times. */
    public static final class Later extends ScalarFunction {
        public @DataTypeHint("TIMESTAMP(3)") LocalDateTime eval(LocalDateTime time) {
            return time.plusDays(1).plusNanos(5_000_000);
        }

        public @DataTypeHint("TIMESTAMP_LTZ(3)") Instant eval(Instant time) {
            return time.plusMillis(1);
        }

        public LocalDate eval(LocalDate date) {
            return date.plusMonths(1);
        }

        public LocalTime eval(LocalTime time) {
            return time.plusMinutes(90);
        }
    }

    /** Collections. */
    public static final class Letters extends ScalarFunction {
        public String[] eval(String text) {
            return text.split("");
        }

        public String eval(List<String> letters) {
            return String.join("-", letters);
        }

        public Map<String, Integer> eval(String text, String more) {
            Map<String, Integer> lengths = new TreeMap<>();
            lengths.put(text, text.length());
            lengths.put(more, more.length());
            return lengths;
        }

        public @DataTypeHint("ROW<a INT, b STRING>") Row eval(@DataTypeHint("ROW<a INT, b STRING>") Row row) {
            return Row.of(((Integer) Objects.requireNonNull(row.getField(0))) + 1, row.getField(1) + "?");
        }
    }

    /** Fails for some rows. */
    public static final class Picky extends ScalarFunction {
        public int eval(int value) {
            if (value == 2) {
                throw new IllegalStateException("I do not like 2");
            }
            return value;
        }
    }

    /** Not the same each time; counts its calls from what open made. */
    public static final class Calls extends ScalarFunction {
        private int calls = -1000;

        @Override
        public void open(FunctionContext context) {
            calls = 0;
        }

        public boolean eval() {
            return ++calls > 0;
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }

    /** Never the same number. */
    public static final class Unsteady extends ScalarFunction {
        private static final AtomicLong LAST = new AtomicLong();

        public long eval() {
            return LAST.incrementAndGet();
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }
    }

    /** A row for each word. */
    public static final class Words extends TableFunction<String> {
        public void eval(String text) {
            for (String word : text.split(" ", -1)) {
                if (!word.isEmpty()) {
                    collect(word);
                }
            }
        }
    }

    /** Several columns. */
    @FunctionHint(output = @DataTypeHint("ROW<word STRING, letters INT>"))
    public static final class Lengths extends TableFunction<Row> {
        public void eval(String text, String separator) {
            for (String word : text.split(separator, -1)) {
                collect(Row.of(word, word.length()));
            }
        }
    }

    /** No method to call. */
    public static final class Nothing extends ScalarFunction {}

    /** An aggregate. */
    public static final class Total {
        public void accumulate(long[] sum, Long value) {
            sum[0] += value;
        }
    }

    /** A class without a SQL type. */
    public static final class Untyped extends ScalarFunction {
        public Object eval(String text) {
            return text;
        }
    }
}
