package io.sabot.connectors.record;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/**
 * A column, and what is nested in it, to read values from. Bound to the vectors of each batch anew. Children: the fields
 * of a ROW, the element of an ARRAY, key and value of a MAP, element and count of a MULTISET.
 */
public final class ColumnTree {
    private static final BigInteger LOW_HALF = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final String name;
    private final DataType type;
    private final List<ColumnTree> children = new ArrayList<>();
    private @Nullable Column bound;

    private ColumnTree(String name, DataType type) {
        this.name = name;
        this.type = type;
        if (type instanceof RowType row) {
            row.fields().forEach(field -> children.add(new ColumnTree(field.name(), field.type())));
        } else if (type instanceof ArrayType array) {
            children.add(new ColumnTree("element", array.element()));
        } else if (type instanceof MapType map) {
            children.add(new ColumnTree("key", map.key()));
            children.add(new ColumnTree("value", map.value()));
        } else if (type instanceof MultisetType multiset) {
            children.add(new ColumnTree("key", multiset.element()));
            children.add(new ColumnTree("value", AtomicType.INT.withNullable(false)));
        }
    }

    /** The columns of a schema. */
    public static List<ColumnTree> of(Schema schema) {
        List<ColumnTree> trees = new ArrayList<>();
        for (Field field : schema.fields()) {
            trees.add(new ColumnTree(field.name(), field.type()));
        }
        return List.copyOf(trees);
    }

    /** Takes the vectors of a batch. */
    public static void bind(List<ColumnTree> trees, Batch batch) {
        for (int i = 0; i < trees.size(); i++) {
            trees.get(i).bind(batch.column(i));
        }
    }

    private void bind(Column column) {
        bound = column;
        FieldVector vector = column.vector();
        if (vector instanceof StructVector struct) {
            bindChildren(struct.getChildrenFromFields());
        } else if (vector instanceof ListVector list) {
            FieldVector data = list.getDataVector();
            if (type instanceof ArrayType) {
                children.get(0).bind(new Column(data));
            } else {
                bindChildren(((StructVector) data).getChildrenFromFields());
            }
        }
    }

    private void bindChildren(List<FieldVector> vectors) {
        for (int i = 0; i < children.size(); i++) {
            children.get(i).bind(new Column(vectors.get(i)));
        }
    }

    /** Name of the column or field. */
    public String name() {
        return name;
    }

    /** Its type. */
    public DataType type() {
        return type;
    }

    /** What is nested in it. */
    public List<ColumnTree> children() {
        return children;
    }

    /** The vector's addresses. */
    public Column column() {
        Column column = bound;
        if (column == null) {
            throw new AssertionError("bind comes first");
        }
        return column;
    }

    /** Whether a row is NULL. */
    public boolean isNull(int row) {
        return column().isNull(row);
    }

    /** First row of the children that belongs to a row of an ARRAY, MAP or MULTISET. */
    public int start(int row) {
        return ((ListVector) column().vector()).getElementStartIndex(row);
    }

    /** First row of the children that does not belong to the row any more. */
    public int end(int row) {
        return ((ListVector) column().vector()).getElementEndIndex(row);
    }

    /** A TINYINT, SMALLINT, INT or BIGINT, or what is stored like one. */
    public long number(int row) {
        long values = column().values();
        return switch (Storage.of(type)) {
            case INT8 -> Memory.getByte(values + row);
            case INT16 -> Memory.getShort(values + ((long) row << 1));
            case INT32 -> Memory.getInt(values + ((long) row << 2));
            case INT64 -> Memory.getLong(values + ((long) row << 3));
            case BITMAP, FLOAT32, FLOAT64, DECIMAL128, BYTES, STRUCT, LIST, MAP, NULL -> throw new AssertionError(type);
        };
    }

    /** A DECIMAL without its scale. */
    public BigInteger unscaled(int row) {
        long at = column().values() + ((long) row << 4);
        return BigInteger.valueOf(Memory.getLong(at + 8))
                .shiftLeft(64)
                .or(BigInteger.valueOf(Memory.getLong(at)).and(LOW_HALF));
    }

    /** A DECIMAL. */
    public BigDecimal decimal(int row) {
        return new BigDecimal(unscaled(row), ((AtomicType) type).scale());
    }

    /** The bytes of a text or byte string. */
    public byte[] bytes(int row) {
        Column column = column();
        byte[] bytes = new byte[column.length(row)];
        Memory.copy(column.start(row), bytes, 0, bytes.length);
        return bytes;
    }
}
