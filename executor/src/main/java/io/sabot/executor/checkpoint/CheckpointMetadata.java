package io.sabot.executor.checkpoint;

import io.sabot.executor.connector.SplitPosition;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything in a checkpoint but state tables.
 *
 * @param splits how far every split was read
 * @param watermarks event watermark of every operator: the least of its tasks
 * @param prepared what the writers of each sink prepared and the sink's commit needs
 * @param finished whether all tasks had ended, so that nothing but commits is left to do
 */
public record CheckpointMetadata(
        List<SplitState> splits, Map<String, Long> watermarks, Map<String, List<byte[]>> prepared, boolean finished) {
    private static final int VERSION = 1;

    public CheckpointMetadata {
        splits = List.copyOf(splits);
        watermarks = Map.copyOf(watermarks);
        prepared = Map.copyOf(prepared);
    }

    /** Versioned bytes; {@link #decode} reads them back. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeBoolean(finished);
            out.writeInt(splits.size());
            for (SplitState split : splits) {
                out.writeUTF(split.source());
                out.writeUTF(split.split());
                out.writeLong(split.next().offset());
                out.writeUTF(split.next().state());
                out.writeLong(split.watermark());
                out.writeBoolean(split.ended());
            }
            out.writeInt(watermarks.size());
            for (Map.Entry<String, Long> entry : watermarks.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeLong(entry.getValue());
            }
            out.writeInt(prepared.size());
            for (Map.Entry<String, List<byte[]>> entry : prepared.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().size());
                for (byte[] part : entry.getValue()) {
                    out.writeInt(part.length);
                    out.write(part);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #encode} wrote; a newer version is refused. */
    public static CheckpointMetadata decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw SabotException.of(
                                ErrorCode.INVALID_STATE, "the checkpoint was written by another version of Sabot")
                        .why("its metadata has version " + version + ", this Sabot reads version " + VERSION);
            }
            boolean finished = in.readBoolean();
            List<SplitState> splits = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                splits.add(new SplitState(
                        in.readUTF(),
                        in.readUTF(),
                        new SplitPosition(in.readLong(), in.readUTF()),
                        in.readLong(),
                        in.readBoolean()));
            }
            Map<String, Long> watermarks = new LinkedHashMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                watermarks.put(in.readUTF(), in.readLong());
            }
            Map<String, List<byte[]>> prepared = new LinkedHashMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                String sink = in.readUTF();
                List<byte[]> parts = new ArrayList<>();
                for (int part = in.readInt(); part > 0; part--) {
                    parts.add(in.readNBytes(in.readInt()));
                }
                prepared.put(sink, parts);
            }
            return new CheckpointMetadata(splits, watermarks, prepared, finished);
        } catch (IOException e) {
            throw SabotException.of(ErrorCode.IO_ERROR, "the metadata of a checkpoint is cut off")
                    .causedBy(e);
        }
    }
}
