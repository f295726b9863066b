package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.Source;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Compares statements part by part, leaving out where they stand. */
final class SameStatement {
    private SameStatement() {}

    static void check(@Nullable Object left, @Nullable Object right, String path) {
        if (left == null || right == null) {
            assertThat(left).as(path).isEqualTo(right);
        } else if (left instanceof SqlNode leftNode) {
            assertThat(leftNode.equalsDeep((SqlNode) right, Litmus.IGNORE))
                    .as("%s: %s and %s", path, left, right)
                    .isTrue();
        } else if (left instanceof List<?> leftList) {
            List<?> rightList = (List<?>) right;
            assertThat(leftList).as(path).hasSameSizeAs(rightList);
            for (int i = 0; i < leftList.size(); i++) {
                check(leftList.get(i), rightList.get(i), path + "[" + i + "]");
            }
        } else if (left instanceof Record && !(left instanceof SqlSpan) && !(left instanceof Source)) {
            assertThat(right).as(path).isInstanceOf(left.getClass());
            for (RecordComponent component : left.getClass().getRecordComponents()) {
                check(value(component, left), value(component, right), path + "." + component.getName());
            }
        } else if (!(left instanceof SqlSpan) && !(left instanceof Source)) {
            assertThat(left).as(path).isEqualTo(right);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
