package io.sabot.connectors.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.OriginalType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** The schema of a file as its foot has it, flat, and as a tree. */
final class SchemaElements {
    private final List<SchemaElement> elements;
    private int next;

    private SchemaElements(List<SchemaElement> elements) {
        this.elements = elements;
    }

    static MessageType read(List<SchemaElement> elements) {
        SchemaElements reading = new SchemaElements(elements);
        SchemaElement root = reading.elements.get(reading.next++);
        return new MessageType(root.getName(), reading.children(root.getNum_children()));
    }

    private List<Type> children(int count) {
        List<Type> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            children.add(type(elements.get(next++)));
        }
        return children;
    }

    private Type type(SchemaElement element) {
        Repetition repetition = Repetition.valueOf(element.getRepetition_type().name());
        LogicalTypeAnnotation logical = logical(element);
        if (element.getType() == null) {
            return Types.buildGroup(repetition)
                    .as(logical)
                    .addFields(children(element.getNum_children()).toArray(Type[]::new))
                    .named(element.getName());
        }
        PrimitiveTypeName physical = switch (element.getType()) {
            case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64 -> PrimitiveTypeName.INT64;
            case INT96 -> PrimitiveTypeName.INT96;
            case FLOAT -> PrimitiveTypeName.FLOAT;
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
        PrimitiveType plain = new PrimitiveType(repetition, physical, element.getType_length(), element.getName());
        return logical == null ? plain : plain.withLogicalTypeAnnotation(logical);
    }

    @SuppressWarnings("deprecation") // files of before there were logical types have nothing else
    private static @Nullable LogicalTypeAnnotation logical(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        if (logical != null && logical.isSetTIMESTAMP()) {
            return LogicalTypeAnnotation.timestampType(
                    logical.getTIMESTAMP().isIsAdjustedToUTC(),
                    unit(logical.getTIMESTAMP().getUnit()));
        }
        if (logical != null && logical.isSetTIME()) {
            return LogicalTypeAnnotation.timeType(
                    logical.getTIME().isIsAdjustedToUTC(),
                    unit(logical.getTIME().getUnit()));
        }
        if (logical != null && logical.isSetDECIMAL()) {
            return LogicalTypeAnnotation.decimalType(
                    logical.getDECIMAL().getScale(), logical.getDECIMAL().getPrecision());
        }
        if (logical != null && logical.isSetINTEGER()) {
            return LogicalTypeAnnotation.intType(
                    logical.getINTEGER().getBitWidth(), logical.getINTEGER().isIsSigned());
        }
        if (logical != null && logical.isSetLIST()) {
            return LogicalTypeAnnotation.listType();
        }
        if (logical != null && logical.isSetMAP()) {
            return LogicalTypeAnnotation.mapType();
        }
        ConvertedType converted = element.getConverted_type();
        if (converted == null) {
            return null;
        }
        return converted == ConvertedType.DECIMAL
                ? LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision())
                : LogicalTypeAnnotation.fromOriginalType(OriginalType.valueOf(converted.name()), null);
    }

    private static LogicalTypeAnnotation.TimeUnit unit(TimeUnit unit) {
        return unit.isSetMILLIS()
                ? LogicalTypeAnnotation.TimeUnit.MILLIS
                : unit.isSetMICROS() ? LogicalTypeAnnotation.TimeUnit.MICROS : LogicalTypeAnnotation.TimeUnit.NANOS;
    }

    static List<SchemaElement> write(MessageType schema) {
        List<SchemaElement> elements = new ArrayList<>();
        SchemaElement root = new SchemaElement(schema.getName());
        root.setNum_children(schema.getFieldCount());
        elements.add(root);
        schema.getFields().forEach(field -> write(field, elements));
        return elements;
    }

    private static void write(Type type, List<SchemaElement> elements) {
        SchemaElement element = new SchemaElement(type.getName());
        element.setRepetition_type(
                FieldRepetitionType.valueOf(type.getRepetition().name()));
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical != null) {
            annotate(element, logical);
        }
        elements.add(element);
        if (type.isPrimitive()) {
            PrimitiveType primitive = type.asPrimitiveType();
            String name = primitive.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                    ? "BYTE_ARRAY"
                    : primitive.getPrimitiveTypeName().name();
            element.setType(org.apache.parquet.format.Type.valueOf(name.toUpperCase(Locale.ROOT)));
            if (primitive.getTypeLength() > 0) {
                element.setType_length(primitive.getTypeLength());
            }
        } else {
            element.setNum_children(type.asGroupType().getFieldCount());
            type.asGroupType().getFields().forEach(field -> write(field, elements));
        }
    }

    @SuppressWarnings("deprecation") // older readers know nothing else
    private static void annotate(SchemaElement element, LogicalTypeAnnotation annotation) {
        LogicalType logical = new LogicalType();
        OriginalType original = annotation.toOriginalType();
        if (original != null) {
            element.setConverted_type(ConvertedType.valueOf(original.name()));
        }
        if (annotation instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
            element.setScale(decimal.getScale());
            element.setPrecision(decimal.getPrecision());
            logical.setDECIMAL(new DecimalType(decimal.getScale(), decimal.getPrecision()));
        } else if (annotation instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp) {
            logical.setTIMESTAMP(new TimestampType(timestamp.isAdjustedToUTC(), unit(timestamp.getUnit())));
        } else if (annotation instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation time) {
            logical.setTIME(new TimeType(time.isAdjustedToUTC(), unit(time.getUnit())));
        } else if (annotation instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
            logical.setSTRING(new StringType());
        } else if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            logical.setLIST(new ListType());
        } else if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
            logical.setMAP(new MapType());
        } else {
            return;
        }
        element.setLogicalType(logical);
    }

    private static TimeUnit unit(LogicalTypeAnnotation.TimeUnit unit) {
        TimeUnit written = new TimeUnit();
        switch (unit) {
            case MILLIS -> written.setMILLIS(new MilliSeconds());
            case MICROS -> written.setMICROS(new MicroSeconds());
            case NANOS -> written.setNANOS(new NanoSeconds());
        }
        return written;
    }
}
