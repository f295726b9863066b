package io.sabot.executor.join;

import io.sabot.executor.operator.Changelog;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Joins by their definition: all pairs. */
final class NaiveJoin {
    /** A row of a key and a value. */
    record Row(@Nullable Long key, long value) {
        String text() {
            return Objects.toString(key, "NULL") + " | " + value;
        }
    }

    private NaiveJoin() {}

    static List<String> rows(
            JoinType type, List<Row> left, List<Row> right, boolean nullSafe, BiPredicate<Row, Row> condition) {
        Changelog result = new Changelog();
        BiPredicate<Row, Row> matches =
                (l, r) -> (l.key != null || nullSafe) && Objects.equals(l.key, r.key) && condition.test(l, r);
        for (Row l : left) {
            List<Row> found = right.stream().filter(r -> matches.test(l, r)).toList();
            if (type.emitsPairs()) {
                found.forEach(r -> result.add(l.text() + " | " + r.text(), 1));
            }
            if (found.isEmpty() && (type == JoinType.LEFT || type == JoinType.FULL)) {
                result.add(l.text() + " | NULL | NULL", 1);
            }
            if (type == JoinType.MARK) {
                result.add(l.text() + " | " + !found.isEmpty(), 1);
            }
            if (type == (found.isEmpty() ? JoinType.ANTI : JoinType.SEMI)) {
                result.add(l.text(), 1);
            }
        }
        if (type == JoinType.RIGHT || type == JoinType.FULL) {
            right.stream()
                    .filter(r -> left.stream().noneMatch(l -> matches.test(l, r)))
                    .forEach(r -> result.add("NULL | NULL | " + r.text(), 1));
        }
        return result.rows();
    }
}
