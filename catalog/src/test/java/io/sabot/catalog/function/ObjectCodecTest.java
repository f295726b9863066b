package io.sabot.catalog.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.AtomicType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectCodecTest {
    /** One field of each kind. */
    static class Everything extends Base {
        boolean flag = true;
        byte small = -1;
        short shorter = 300;
        int number = 1 << 30;
        long longer = Long.MIN_VALUE;
        float half = 0.5f;
        double third = 1.0 / 3;
        char letter = 'ä';

        @Nullable
        Integer box;

        @Nullable
        String text = "grüße";

        byte[] bytes = {1, 2, 3};
        BigDecimal decimal = new BigDecimal("-12345678901234567890.1200");
        BigInteger big = BigInteger.TEN.pow(30);
        LocalDate date = LocalDate.of(1969, 2, 3);
        LocalTime time = LocalTime.of(1, 2, 3, 4);
        LocalDateTime stamp = LocalDateTime.of(1960, 1, 1, 0, 0, 0, 1);
        Instant instant = Instant.ofEpochSecond(-5, 7);
        Duration duration = Duration.ofNanos(-1);
        java.sql.Timestamp sqlStamp = java.sql.Timestamp.valueOf(stamp);
        long[] longs = {1, 2};
        String[][] texts = {{"a", null}, {}};
        List<@Nullable Double> list = new ArrayList<>(Arrays.asList(1.5, null));
        Map<String, List<Integer>> map = new LinkedHashMap<>(Map.of("x", List.of(1)));
        TreeMap<Integer, Base> tree = new TreeMap<>(Collections.singletonMap(3, new Base()));
        Set<Long> set = Set.of(8L);
        static int shared = 3;
        transient int forgotten = 5;
    }

    /** A field of a class above. */
    static class Base {
        int hidden = 42;
    }

    private static Everything copy(Everything value) throws IOException {
        FunctionClass function = new FunctionClass("f", Everything.class, hint -> AtomicType.STRING);
        ObjectCodec codec = new ObjectCodecs(function).of("", Everything.class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(bytes));
        Object read = codec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(read).isInstanceOf(Everything.class);
        return (Everything) Objects.requireNonNull(read);
    }

    @Test
    void keepsWhatAnObjectHas() throws IOException {
        Everything value = new Everything();
        value.hidden = 7;
        assertThat(copy(value)).usingRecursiveComparison().isEqualTo(value);
    }

    @Test
    void keepsNulls() throws IOException {
        Everything value = new Everything();
        value.box = 5;
        value.text = null;
        assertThat(copy(value)).usingRecursiveComparison().isEqualTo(value);
    }

    @Test
    void collectionsKeepTheirClass() throws IOException {
        Everything copy = copy(new Everything());
        assertThat(copy.tree).isInstanceOf(TreeMap.class);
        assertThat(copy.texts[0]).containsExactly("a", null);
        assertThat(copy.longs).containsExactly(1, 2);
    }
}
