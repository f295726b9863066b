package io.sabot.executor.state;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file {@code metadata} of a checkpoint: number, key groups, tables, cells, and what the job added. Big-endian, with a
 * magic number and a version in front and a CRC32C behind. An unknown version is refused.
 */
final class CheckpointMetadata {
    private static final int MAGIC = 0x53424350;
    private static final int VERSION = 1;

    private final long number;
    private final int keyGroupCount;
    private final List<TableIds.Table> tables;
    private final List<Cell.Saved> cells;
    private final byte[] job;

    CheckpointMetadata(
            long number, int keyGroupCount, List<TableIds.Table> tables, List<Cell.Saved> cells, byte[] job) {
        this.number = number;
        this.keyGroupCount = keyGroupCount;
        this.tables = List.copyOf(tables);
        this.cells = List.copyOf(cells);
        this.job = job.clone();
    }

    long number() {
        return number;
    }

    int keyGroupCount() {
        return keyGroupCount;
    }

    List<TableIds.Table> tables() {
        return tables;
    }

    List<Cell.Saved> cells() {
        return cells;
    }

    byte[] job() {
        return job;
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(KeyHash.VERSION);
            out.writeLong(number);
            out.writeInt(keyGroupCount);
            out.writeInt(tables.size());
            for (TableIds.Table table : tables) {
                out.writeUTF(table.name());
                out.writeShort(table.id());
                out.writeUTF(table.shape());
            }
            out.writeInt(cells.size());
            for (Cell.Saved cell : cells) {
                out.writeUTF(cell.name());
                out.writeUTF(cell.merge().name());
                out.writeLong(cell.firstHash());
                out.writeLong(cell.lastHash());
                out.writeLong(cell.value());
            }
            out.writeInt(job.length);
            out.write(job);
            CRC32C crc = new CRC32C();
            crc.update(bytes.toByteArray());
            out.writeInt((int) crc.getValue());
        } catch (IOException e) {
            throw new AssertionError("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    static CheckpointMetadata of(byte[] bytes) {
        if (bytes.length < 16) {
            throw damaged("it has " + bytes.length + " bytes");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        if (head.getInt(0) != MAGIC) {
            throw damaged("it is no checkpoint");
        }
        if (head.getInt(4) != VERSION || head.getInt(8) != KeyHash.VERSION) {
            throw damaged("its format is version " + head.getInt(4) + "." + head.getInt(8) + ", this program reads "
                    + VERSION + "." + KeyHash.VERSION);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        if (head.getInt(bytes.length - 4) != (int) crc.getValue()) {
            throw damaged("its checksum does not fit");
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(Arrays.copyOfRange(bytes, 12, bytes.length - 4)))) {
            return read(in);
        } catch (IOException e) {
            throw damaged("it ends too early").causedBy(e);
        }
    }

    private static CheckpointMetadata read(DataInputStream in) throws IOException {
        long number = in.readLong();
        int keyGroupCount = in.readInt();
        List<TableIds.Table> tables = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            tables.add(new TableIds.Table(in.readUTF(), in.readUnsignedShort(), in.readUTF()));
        }
        List<Cell.Saved> cells = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            cells.add(new Cell.Saved(
                    in.readUTF(), LongCell.Merge.valueOf(in.readUTF()), in.readLong(), in.readLong(), in.readLong()));
        }
        byte[] job = new byte[in.readInt()];
        in.readFully(job);
        return new CheckpointMetadata(number, keyGroupCount, tables, cells, job);
    }

    private static SabotException damaged(String why) {
        return SabotException.of(ErrorCode.IO_ERROR, "the metadata of a checkpoint cannot be read")
                .why(why)
                .hint("restore an older checkpoint");
    }
}
