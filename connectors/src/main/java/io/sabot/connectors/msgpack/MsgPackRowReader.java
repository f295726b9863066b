package io.sabot.connectors.msgpack;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.RowReader;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a scan wants of a record, and steps over the rest. */
final class MsgPackRowReader implements RowReader {
    private final MsgPackInput input = new MsgPackInput();
    private final List<Node> trees = new ArrayList<>();
    private final @Nullable Node[][] positions;

    MsgPackRowReader(Schema physical, List<ScanColumn> columns) {
        Wanted.trees(physical, columns).forEach(tree -> trees.add(new Node(tree)));
        positions = new Node[trees.size()][physical.size()];
        for (int tree = 0; tree < trees.size(); tree++) {
            for (int i = 0; i < physical.size(); i++) {
                Field field = physical.fields().get(i);
                positions[tree][i] = trees.get(tree).find(field.name());
            }
        }
    }

    /** An object of which fields are wanted, or a column. */
    private static final class Node {
        final int column;
        final @Nullable MsgPackValue value;
        final List<byte[]> names = new ArrayList<>();
        final List<String> texts = new ArrayList<>();
        final List<Node> fields = new ArrayList<>();

        Node(Wanted wanted) {
            this.column = wanted.column();
            this.value = wanted.isColumn() ? new MsgPackValue(wanted.type()) : null;
            wanted.fields().forEach((name, field) -> {
                names.add(name.getBytes(StandardCharsets.UTF_8));
                texts.add(name);
                fields.add(new Node(field));
            });
        }

        @Nullable
        Node find(String name) {
            int index = texts.indexOf(name);
            return index < 0 ? null : fields.get(index);
        }

        /** Index of the field with this name, looked for from {@code from} on; -1 when it is not wanted. */
        int find(long name, int length, int from) {
            for (int i = 0; i < names.size(); i++) {
                int index = (from + i) % names.size();
                if (names.get(index).length == length && Memory.startsWith(name, names.get(index))) {
                    return index;
                }
            }
            return -1;
        }
    }

    @Override
    public void read(long start, int length, ColumnBuilder[] targets) throws FieldProblem {
        int row = targets.length == 0 ? 0 : targets[0].rowCount();
        for (int tree = 0; tree < trees.size(); tree++) {
            input.open(start, length);
            switch (input.kind()) {
                case MAP -> readMap(trees.get(tree), targets, row);
                case ARRAY -> readArray(positions[tree], targets, row);
                default ->
                    throw new FieldProblem("", "expected a map or an array, found " + MsgPackValue.describe(input));
            }
        }
    }

    private void readMap(Node node, ColumnBuilder[] targets, int row) throws FieldProblem {
        int pairs = input.nextMap();
        int expected = 0;
        for (int i = 0; i < pairs; i++) {
            if (input.kind() != MsgPackInput.Kind.STRING) {
                throw new FieldProblem("", "expected the name of a field, found " + MsgPackValue.describe(input));
            }
            input.nextBytes();
            int field = node.find(input.contentStart(), input.contentLength(), expected);
            if (field < 0) {
                input.skip();
                continue;
            }
            expected = field + 1;
            readField(node.fields.get(field), node.texts.get(field), targets, row);
        }
    }

    private void readArray(@Nullable Node[] fields, ColumnBuilder[] targets, int row) throws FieldProblem {
        int elements = input.nextArray();
        for (int i = 0; i < elements; i++) {
            Node field = i < fields.length ? fields[i] : null;
            if (field == null) {
                input.skip();
            } else {
                readField(field, "[" + (i + 1) + "]", targets, row);
            }
        }
    }

    private void readField(Node field, String name, ColumnBuilder[] targets, int row) throws FieldProblem {
        try {
            MsgPackValue value = field.value;
            if (value != null) {
                ColumnBuilder target = targets[field.column];
                if (target.rowCount() > row) {
                    input.skip(); // of fields that come twice the first counts
                } else {
                    value.read(input, target);
                }
            } else if (input.kind() == MsgPackInput.Kind.NIL) {
                input.skip();
            } else if (input.kind() == MsgPackInput.Kind.MAP) {
                readMap(field, targets, row);
            } else {
                throw new FieldProblem("", "expected a map, found " + MsgPackValue.describe(input));
            }
        } catch (FieldProblem problem) {
            throw problem.inside(name);
        }
    }
}
