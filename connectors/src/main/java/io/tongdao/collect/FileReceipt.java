package io.tongdao.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What an agency finds beside its file in the done folder: what became of it, in figures, and where rows were refused. No value. */
final class FileReceipt {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What became of a file. */
    enum Outcome {
        TAKEN,
        /** It had been taken before. */
        DUPLICATE,
        /** A later full load had been taken before. */
        SUPERSEDED
    }

    private FileReceipt() {}

    /**
     * @param load by which it was taken, or which makes it needless
     * @param refusals the first of the rows that were rejected
     */
    static byte[] of(String id, Outcome outcome, FileLoad load, List<FileTally.Refusal> refusals) {
        ObjectNode receipt = JSON.createObjectNode();
        receipt.put("file", id);
        receipt.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        receipt.put("taken_as", load.id());
        receipt.put("taken_at", load.at().toString());
        if (outcome == Outcome.TAKEN) {
            receipt.put("dataset", load.dataset());
            receipt.put("kind", load.kind().word());
            receipt.put("sequence", load.sequence());
            receipt.put("digest", load.digest());
            receipt.put("rows", load.rows());
            receipt.put("records_written", load.records());
            receipt.put("rows_unchanged", load.unchanged());
            receipt.put("keys_ended", load.ended());
            receipt.put("deletions_of_rows_not_held", load.unheld());
            receipt.put("rows_rejected", load.rejected());
            var rejects = receipt.putArray("rejected_first");
            refusals.forEach(row -> rejects.addObject()
                    .put("line", row.line())
                    .put("item", row.item())
                    .put("code", row.code()));
        }
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(receipt) + '\n')
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a receipt can't be written", e);
        }
    }
}
