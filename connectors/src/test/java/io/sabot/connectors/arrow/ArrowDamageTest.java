package io.sabot.connectors.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.ScanFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Offsets that lead outside of a file's vectors, and dictionaries wherever they stand. */
class ArrowDamageTest {
    private static final ArrowType INT = new ArrowType.Int(32, true);
    private static final DictionaryEncoding WORDS = new DictionaryEncoding(7, false, null);

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory = Path.of("");

    private VarCharVector words(String... words) {
        VarCharVector vector = new VarCharVector("s", memory.allocator());
        vector.allocateNew(100, words.length);
        for (int i = 0; i < words.length; i++) {
            vector.setSafe(i, words[i].getBytes(StandardCharsets.UTF_8));
        }
        vector.setValueCount(words.length);
        return vector;
    }

    private static FieldVector child(StructVector struct) {
        return struct.getChildrenFromFields().get(0);
    }

    @Test
    void offsetsOfAFileAreChecked() throws IOException, BadRecord {
        ScanColumn text = new ScanColumn.Physical(List.of("s"), AtomicType.STRING);
        try (VarCharVector vector = words("a", "b", "c")) {
            assertThat(read(vector, new DictionaryProvider.MapDictionaryProvider(), text))
                    .containsExactly("+I | a", "+I | b", "+I | c");
            for (int wrong : new int[] {-1, 4, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                vector.getOffsetBuffer().setInt(4, wrong);
                assertThatThrownBy(() -> read(vector, new DictionaryProvider.MapDictionaryProvider(), text))
                        .as("offset " + wrong)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("offsets of field 's' are not in order");
            }
        }
    }

    @Test
    void vectorsEndBehindTheLastRow() {
        try (VarCharVector vector = words("a", "b", "c")) {
            assertThatCode(() -> ArrowBounds.check(vector, 3)).doesNotThrowAnyException();
            assertThatThrownBy(() -> ArrowBounds.check(vector, 4)).hasMessageContaining("values end");
            vector.getOffsetBuffer().setInt(12, 1 << 20);
            assertThatThrownBy(() -> ArrowBounds.check(vector, 3)).hasMessageContaining("values end");
        }
        try (ListVector list = ListVector.empty("l", memory.allocator())) {
            list.addOrGetVector(FieldType.nullable(INT));
            IntVector elements = (IntVector) list.getDataVector();
            elements.allocateNew(2);
            elements.setValueCount(2);
            list.startNewValue(0);
            list.endValue(0, 2);
            list.setValueCount(1);
            assertThatCode(() -> ArrowBounds.check(list, 1)).doesNotThrowAnyException();
            list.getOffsetBuffer().setInt(4, 3);
            assertThatThrownBy(() -> ArrowBounds.check(list, 1)).hasMessageContaining("values end");
        }
    }

    @Test
    void dictionariesInsideStructs() throws IOException, BadRecord {
        Field word = new Field("w", new FieldType(true, INT, WORDS), List.of());
        Field field = new Field("r", FieldType.nullable(new ArrowType.Struct()), List.of(word));
        ScanColumn row = new ScanColumn.Physical(
                List.of("r"), new RowType(List.of(new io.sabot.catalog.type.Field("w", AtomicType.STRING)), true));
        ScanColumn part = new ScanColumn.Physical(List.of("r", "w"), AtomicType.STRING);
        try (VarCharVector words = words("zero", "one");
                StructVector struct = (StructVector) field.createVector(memory.allocator())) {
            IntVector indexes = (IntVector) child(struct);
            struct.allocateNew();
            indexes.setSafe(0, 1);
            indexes.setNull(1);
            indexes.setSafe(2, 0);
            for (int i = 0; i < 3; i++) {
                struct.setIndexDefined(i);
            }
            struct.setValueCount(3);
            DictionaryProvider provider = new DictionaryProvider.MapDictionaryProvider(new Dictionary(words, WORDS));
            assertThat(read(struct, provider, part)).containsExactly("+I | one", "+I | NULL", "+I | zero");
            assertThat(read(struct, provider, row))
                    .hasSize(3)
                    .first()
                    .asString()
                    .contains("one");
            for (int wrong : new int[] {-1, 2, Integer.MAX_VALUE}) {
                indexes.set(2, wrong);
                assertThatThrownBy(() -> read(struct, provider, part))
                        .isInstanceOf(BadRecord.class)
                        .hasMessageContaining("number " + wrong + " is not in the dictionary");
            }
        }
    }

    @Test
    void dictionariesInsideListsAndAlone() throws IOException, BadRecord {
        ScanColumn array = new ScanColumn.Physical(List.of("l"), new ArrayType(AtomicType.STRING, true));
        Field word = new Field("l", new FieldType(true, INT, WORDS), List.of());
        Field field = new Field("l", FieldType.nullable(new ArrowType.List()), List.of(word));
        try (VarCharVector words = words("zero", "one");
                ListVector list = (ListVector) field.createVector(memory.allocator())) {
            IntVector indexes = (IntVector) list.getDataVector();
            list.allocateNew();
            list.startNewValue(0);
            indexes.setSafe(0, 1);
            indexes.setSafe(1, 0);
            list.endValue(0, 2);
            indexes.setValueCount(2);
            list.setValueCount(1);
            DictionaryProvider provider = new DictionaryProvider.MapDictionaryProvider(new Dictionary(words, WORDS));
            assertThat(read(list, provider, array))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("one", "zero");
            assertThat(read(indexes, provider, new ScanColumn.Physical(List.of(indexes.getName()), AtomicType.STRING)))
                    .containsExactly("+I | one", "+I | zero");
        }
    }

    private List<String> read(FieldVector vector, DictionaryProvider dictionaries, ScanColumn column)
            throws IOException, BadRecord {
        Path file = directory.resolve("file.arrow");
        // Not closed: the vector stays with the caller
        VectorSchemaRoot root = VectorSchemaRoot.of(vector);
        try (OutputStream out = Files.newOutputStream(file);
                ArrowFileWriter writer = new ArrowFileWriter(root, dictionaries, Channels.newChannel(out))) {
            writer.start();
            writer.writeBatch();
            writer.end();
        }
        ScanColumn.Physical physical = (ScanColumn.Physical) column;
        Schema schema = Schema.of(new io.sabot.catalog.type.Field("c", physical.type()));
        List<String> path = physical.path();
        DataType whole = path.size() == 1
                ? physical.type()
                : new RowType(List.of(new io.sabot.catalog.type.Field(path.get(1), physical.type())), true);
        Options options =
                new Options(Map.of(), new ArrowFormatFactory().descriptor().options());
        try (FileFormat.Reader reader = new ArrowFiles()
                        .reader(
                                file,
                                Schema.of(new io.sabot.catalog.type.Field(path.get(0), whole)),
                                List.of(column),
                                ScanFilter.NONE,
                                options,
                                TestContext.of(memory.allocator()));
                BatchBuilder builder = new BatchBuilder(schema, memory.allocator(), 50)) {
            int count = reader.read(builder, 50);
            for (int i = 0; i < count; i++) {
                builder.endRow();
            }
            try (Batch batch = builder.finish()) {
                return BatchText.rows(batch, schema);
            }
        }
    }
}
