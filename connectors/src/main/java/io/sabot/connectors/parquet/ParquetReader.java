package io.sabot.connectors.parquet;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.RowCompletion;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.FileFormat;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads a file row group by row group, only the columns that are wanted. */
final class ParquetReader implements FileFormat.Reader {
    private final ParquetInput input;
    private final MessageType schema;
    private final RowCompletion completion;
    private final List<RowAssembly> trees = new ArrayList<>();
    private final List<RecordReader<Boolean>> readers = new ArrayList<>();
    private int nextGroup;
    private long rowsLeft;
    private long row;

    ParquetReader(ParquetInput input, Schema physical, List<ScanColumn> columns) throws FieldProblem {
        this.input = input;
        this.schema = SchemaElements.read(input.foot().getSchema());
        this.completion = new RowCompletion(physical, columns);
        for (Wanted tree : Wanted.trees(physical, columns)) {
            trees.add(RowAssembly.of(schema, tree));
        }
    }

    @Override
    public int read(BatchBuilder rows, int max) throws IOException, BadRecord {
        while (rowsLeft == 0) {
            if (nextGroup == input.foot().getRow_groupsSize()) {
                return 0;
            }
            open(input.foot().getRow_groups().get(nextGroup++));
        }
        ColumnBuilder[] targets = completion.targets(rows, 0);
        trees.forEach(tree -> tree.bind(targets));
        int count = (int) Math.min(max, rowsLeft);
        int base = targets.length == 0 ? 0 : targets[0].rowCount();
        for (int i = 0; i < count; i++) {
            try {
                for (RecordReader<Boolean> reader : readers) {
                    reader.read();
                }
                completion.complete(targets, base + i);
            } catch (FieldProblem problem) {
                throw new BadRecord((int) row + i, problem.column(), String.valueOf(problem.getMessage()));
            } catch (ParquetDecodingException | IllegalArgumentException | ArithmeticException e) {
                throw new BadRecord((int) row + i, "", String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                throw damaged(e);
            }
        }
        row += count;
        rowsLeft -= count;
        return count;
    }

    private void open(RowGroup group) throws IOException {
        if (group.getNum_rows() < 0) {
            throw new IOException("a row group says that it has " + group.getNum_rows() + " rows");
        }
        try {
            openColumns(group);
        } catch (RuntimeException e) {
            throw damaged(e);
        }
        rowsLeft = group.getNum_rows();
    }

    /** What the library stumbles over: it believes lengths and counts. Errors of memory and of the engine stay themselves. */
    private static IOException damaged(RuntimeException e) {
        if (e instanceof SabotException || e instanceof OutOfMemoryException) {
            throw e;
        }
        IOException cause = e instanceof UncheckedIOException unreadable ? unreadable.getCause() : null;
        return cause == null ? new IOException("a page is damaged: " + e, e) : cause;
    }

    private void openColumns(RowGroup group) throws IOException {
        readers.clear();
        for (RowAssembly tree : trees) {
            if (tree.schema().getFieldCount() > 0) {
                readers.add(new ColumnIOFactory(input.foot().getCreated_by())
                        .getColumnIO(tree.schema(), schema)
                        .getRecordReader(pages(group, tree.schema()), tree));
            }
        }
    }

    private PageReadStore pages(RowGroup group, MessageType wanted) throws IOException {
        Map<List<String>, ColumnMetaData> chunks = new HashMap<>();
        for (ColumnChunk chunk : group.getColumns()) {
            chunks.put(chunk.getMeta_data().getPath_in_schema(), chunk.getMeta_data());
        }
        Map<ColumnDescriptor, PageReader> pages = new HashMap<>();
        for (ColumnDescriptor column : wanted.getColumns()) {
            ColumnMetaData chunk = chunks.get(List.of(column.getPath()));
            if (chunk == null) {
                throw new IOException("a row group lacks column " + String.join(".", column.getPath()));
            }
            pages.put(column, new ColumnPages(input.chunk(chunk), chunk, column.getPrimitiveType()));
        }
        return new PageReadStore() {
            @Override
            public PageReader getPageReader(ColumnDescriptor column) {
                PageReader reader = pages.get(column);
                if (reader == null) {
                    throw new AssertionError(column);
                }
                return reader;
            }

            @Override
            public long getRowCount() {
                return group.getNum_rows();
            }
        };
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
