package io.sabot.catalog.function;

import io.sabot.catalog.type.TypeKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects that stand for one value; nothing of a value is lost, whatever precision its type in SQL has. */
final class ObjectAtoms {
    private interface Put<T> {
        void put(T value, DataOutput out) throws IOException;
    }

    private interface Get<T> {
        T get(DataInput in) throws IOException;
    }

    private static final Map<Class<?>, ObjectCodec> ATOMS = Map.ofEntries(
            atom(Boolean.class, (value, out) -> out.writeBoolean(value), DataInput::readBoolean),
            atom(Byte.class, (value, out) -> out.writeByte(value), DataInput::readByte),
            atom(Short.class, (value, out) -> out.writeShort(value), DataInput::readShort),
            atom(Integer.class, (value, out) -> out.writeInt(value), DataInput::readInt),
            atom(Long.class, (value, out) -> out.writeLong(value), DataInput::readLong),
            atom(Float.class, (value, out) -> out.writeFloat(value), DataInput::readFloat),
            atom(Double.class, (value, out) -> out.writeDouble(value), DataInput::readDouble),
            atom(Character.class, (value, out) -> out.writeChar(value), DataInput::readChar),
            atom(String.class, ObjectAtoms::putText, in -> new String(getBytes(in), StandardCharsets.UTF_8)),
            atom(byte[].class, ObjectAtoms::putBytes, ObjectAtoms::getBytes),
            atom(BigInteger.class, (value, out) -> putBytes(value.toByteArray(), out), ObjectAtoms::getBigInteger),
            atom(BigDecimal.class, ObjectAtoms::putDecimal, in -> new BigDecimal(getBigInteger(in), in.readInt())),
            atom(
                    LocalDate.class,
                    (value, out) -> out.writeLong(value.toEpochDay()),
                    in -> LocalDate.ofEpochDay(in.readLong())),
            atom(
                    LocalTime.class,
                    (value, out) -> out.writeLong(value.toNanoOfDay()),
                    in -> LocalTime.ofNanoOfDay(in.readLong())),
            atom(
                    LocalDateTime.class,
                    (value, out) -> putInstant(value.toInstant(ZoneOffset.UTC), out),
                    in -> LocalDateTime.ofInstant(getInstant(in), ZoneOffset.UTC)),
            atom(Instant.class, ObjectAtoms::putInstant, ObjectAtoms::getInstant),
            atom(Duration.class, ObjectAtoms::putDuration, in -> Duration.ofSeconds(in.readLong(), in.readInt())),
            atom(
                    java.sql.Date.class,
                    (value, out) -> out.writeLong(value.getTime()),
                    in -> new java.sql.Date(in.readLong())),
            atom(
                    java.sql.Time.class,
                    (value, out) -> out.writeLong(value.getTime()),
                    in -> new java.sql.Time(in.readLong())),
            atom(java.sql.Timestamp.class, ObjectAtoms::putTimestamp, ObjectAtoms::getTimestamp));

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            char.class, Character.class);

    private ObjectAtoms() {}

    /** Of a class; null when it stands for no single value. */
    static @Nullable ObjectCodec of(Class<?> type) {
        return ATOMS.get(BOXES.getOrDefault(type, type));
    }

    /** Of the class that values of a type have in Java. */
    static ObjectCodec of(TypeKind kind) {
        Class<?> type = switch (kind) {
            case BOOLEAN -> Boolean.class;
            case TINYINT -> Byte.class;
            case SMALLINT -> Short.class;
            case INT, INTERVAL_YEAR_MONTH, NULL -> Integer.class;
            case BIGINT, INTERVAL_DAY_TIME -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case CHAR, VARCHAR -> String.class;
            case BINARY, VARBINARY -> byte[].class;
            case DATE -> LocalDate.class;
            case TIME -> LocalTime.class;
            case TIMESTAMP -> LocalDateTime.class;
            case TIMESTAMP_LTZ -> Instant.class;
        };
        ObjectCodec codec = ATOMS.get(type);
        if (codec == null) {
            throw new AssertionError(kind);
        }
        return codec;
    }

    private static <T> Map.Entry<Class<?>, ObjectCodec> atom(Class<T> type, Put<T> put, Get<T> get) {
        return Map.entry(type, new ObjectCodec() {
            @Override
            void put(Object value, DataOutput out) throws IOException {
                put.put(type.cast(value), out);
            }

            @Override
            Object get(DataInput in) throws IOException {
                return get.get(in);
            }
        });
    }

    private static void putText(String text, DataOutput out) throws IOException {
        putBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void putBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] getBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static BigInteger getBigInteger(DataInput in) throws IOException {
        return new BigInteger(getBytes(in));
    }

    private static void putDecimal(BigDecimal value, DataOutput out) throws IOException {
        putBytes(value.unscaledValue().toByteArray(), out);
        out.writeInt(value.scale());
    }

    private static void putInstant(Instant value, DataOutput out) throws IOException {
        out.writeLong(value.getEpochSecond());
        out.writeInt(value.getNano());
    }

    private static Instant getInstant(DataInput in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void putDuration(Duration value, DataOutput out) throws IOException {
        out.writeLong(value.getSeconds());
        out.writeInt(value.getNano());
    }

    private static void putTimestamp(java.sql.Timestamp value, DataOutput out) throws IOException {
        out.writeLong(value.getTime());
        out.writeInt(value.getNanos());
    }

    private static java.sql.Timestamp getTimestamp(DataInput in) throws IOException {
        java.sql.Timestamp value = new java.sql.Timestamp(in.readLong());
        value.setNanos(in.readInt());
        return value;
    }
}
