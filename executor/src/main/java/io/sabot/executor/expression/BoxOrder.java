package io.sabot.executor.expression;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;

/** The order of values that {@link Boxes} makes: texts by bytes, lists element by element, NULL first. */
final class BoxOrder {
    private BoxOrder() {}

    /** Compares two values of one type. */
    @SuppressWarnings("unchecked") // values of one type are of one class
    static int compare(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return Arrays.compareUnsigned(x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
        }
        if (a instanceof ByteString x && b instanceof ByteString y) {
            return x.compareTo(y);
        }
        if (a instanceof Object[] x && b instanceof Object[] y) {
            return compare(Arrays.asList(x), Arrays.asList(y));
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                Object p = x.get(i);
                Object q = y.get(i);
                int order = p == null || q == null ? (p == q ? 0 : p == null ? -1 : 1) : compare(p, q);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        return ((Comparable<Object>) a).compareTo(b);
    }
}
