package io.sabot.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ScanFilter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProjectingDecoderTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("kind", AtomicType.INT),
            new Field(
                    "bid",
                    new RowType(
                            List.of(new Field("price", AtomicType.BIGINT), new Field("at", AtomicType.timestamp(3))),
                            true)),
            new Field("name", AtomicType.STRING));
    private static final List<ScanColumn> COLUMNS = List.of(
            new ScanColumn.Physical(List.of("kind"), AtomicType.INT),
            new ScanColumn.Physical(List.of("bid", "price"), AtomicType.BIGINT),
            new ScanColumn.Physical(List.of("bid", "at"), AtomicType.timestamp(3)));
    private static final Schema BUILT = Schema.of(
            new Field("kind", AtomicType.INT),
            new Field("price", AtomicType.BIGINT),
            new Field("at", AtomicType.timestamp(3)));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void readsOrdinaryRecordsByItself() throws BadRecord {
        String first = "{\"kind\":2,\"bid\":{\"price\":123456789012,\"at\":\"2020-01-01 00:00:00.5\"},\"name\":\"x\"}";
        String changed = " { \"bid\" : { \"at\" : \"2020-01-02 10:00:00\", \"price\" : -7 } , \"kind\" : 3 } ";
        String none = "{\"name\":\"a\\\"b}\",\"bid\":null,\"kind\":4}";
        ProjectingDecoder decoder = decoder(ScanFilter.NONE, Map.of());
        assertThat(decode(decoder, first, changed, none, "{}", first))
                .containsExactly(
                        "+I | 2 | 123456789012 | 2020-01-01 00:00:00.500",
                        "+I | 3 | -7 | 2020-01-02 10:00:00",
                        "+I | 4 | NULL | NULL",
                        "+I | NULL | NULL | NULL",
                        "+I | 2 | 123456789012 | 2020-01-01 00:00:00.500");
        assertThat(decoder.odd()).isZero();
    }

    @Test
    void leavesOutRejectedRowsOrReadsOnlyWhatIsNeededOfThem() throws BadRecord {
        String kept = "{\"kind\":2,\"bid\":{\"price\":1,\"at\":\"2020-01-01 00:00:00\"}}";
        String rejected = "{\"kind\":1,\"bid\":{\"price\":2,\"at\":\"2020-01-01 00:00:01\"}}";
        ScanFilter.Comparison isBid = new ScanFilter.Comparison(0, ScanFilter.Operator.EQUAL, 2L);
        assertThat(decode(decoder(new ScanFilter(List.of(isBid), List.of(), true), Map.of()), rejected, kept, rejected))
                .containsExactly("+I | 2 | 1 | 2020-01-01 00:00:00");
        assertThat(decode(decoder(new ScanFilter(List.of(isBid), List.of(2), false), Map.of()), rejected, kept))
                .containsExactly("+I | 1 | NULL | 2020-01-01 00:00:01", "+I | 2 | 1 | 2020-01-01 00:00:00");
    }

    @Test
    void noticesRecordsThatAreCutOff() {
        String whole = "{\"kind\":2,\"bid\":{\"price\":1,\"at\":\"2020-01-01 00:00:00\"},\"name\":\"abc\"}";
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            // Behind the inner object the record looks whole: that is the price of not reading it all
            if (!cut.endsWith("}")) {
                assertThatThrownBy(() -> decode(decoder(ScanFilter.NONE, Map.of()), whole, cut))
                        .as(cut)
                        .isInstanceOf(BadRecord.class);
            }
        }
        assertThatThrownBy(() -> decode(
                        decoder(ScanFilter.NONE, Map.of()),
                        "{\"kind\":2,\"bid\":{\"price\":1,\"at\":\"2020-01-01 00:00:00\"},\"name\":\"abc}"))
                .isInstanceOf(BadRecord.class);
    }

    @Test
    void checksTheRestWhenAsked() throws BadRecord {
        String broken = "{\"kind\":2,\"bid\":{\"price\":1,\"at\":\"2020-01-01 00:00:00\"},\"name\":nonsense}";
        assertThat(decode(decoder(ScanFilter.NONE, Map.of()), broken)).hasSize(1);
        assertThatThrownBy(() -> FormatRunner.decode(
                        new JsonFormatFactory(), SCHEMA, Map.of("sabot.validate", "true"), context(), broken))
                .isInstanceOf(BadRecord.class);
    }

    private ProjectingDecoder decoder(ScanFilter filter, Map<String, String> written) {
        JsonOptions options = JsonOptions.of(new Options(written, JsonOptions.SPECS));
        return new ProjectingDecoder(
                new JacksonDecoder(SCHEMA, COLUMNS, options, new LongAdder()),
                Wanted.trees(SCHEMA, COLUMNS).get(0),
                filter,
                options);
    }

    private List<String> decode(ProjectingDecoder decoder, String... records) throws BadRecord {
        return FormatRunner.decode(decoder, BUILT, context(), records);
    }

    private TestContext context() {
        return TestContext.of(memory.allocator());
    }
}
