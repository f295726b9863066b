package io.sabot.connectors.parquet;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.ScanFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Files of Parquet. */
final class ParquetFiles implements FileFormat {
    @Override
    public Reader reader(
            Path file,
            Schema physical,
            List<ScanColumn> columns,
            ScanFilter filter,
            Options options,
            ConnectorContext context)
            throws IOException, BadRecord {
        ParquetInput input = ParquetInput.open(file);
        try {
            return new ParquetReader(input, physical, columns);
        } catch (FieldProblem problem) {
            input.close();
            throw new BadRecord(0, problem.column(), String.valueOf(problem.getMessage()));
        } catch (RuntimeException e) {
            input.close();
            throw new IOException("its schema is not supported: " + e.getMessage(), e);
        }
    }

    @Override
    public OptionalLong rowCount(Path file) throws IOException {
        try (ParquetInput input = ParquetInput.open(file)) {
            return OptionalLong.of(input.foot().getNum_rows());
        }
    }

    @Override
    public Writer writer(OutputStream target, Schema schema, Options options, ConnectorContext context)
            throws IOException {
        return new ParquetWriter(target, schema, options);
    }
}
