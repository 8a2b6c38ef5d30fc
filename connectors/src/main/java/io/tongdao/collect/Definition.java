package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.SubjectPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * A digest of what the catalogue says of a dataset's table, as far as it decides what its records hold: where it differs from the one
 * that the table was read with, the table has to be read again, and a full load dropped where it comes by files. Labels, levels, masks and share classes are not in it.
 */
final class Definition {
    private Definition() {}

    static String of(DatasetPlan dataset) {
        StringBuilder text = new StringBuilder()
                .append(dataset.connection())
                .append('\n')
                .append(dataset.table())
                .append('\n')
                .append(dataset.rowKey())
                .append('\n');
        for (SubjectPlan subject : dataset.subjects()) {
            text.append(subject.role())
                    .append(' ')
                    .append(subject.kind())
                    .append(' ')
                    .append(subject.item())
                    .append(' ')
                    .append(subject.code())
                    .append('\n');
        }
        new TreeMap<>(dataset.items())
                .values()
                .forEach(item -> text.append(item.name())
                        .append(' ')
                        .append(item.sourceName())
                        .append(' ')
                        .append(item.type())
                        .append('\n'));
        if (dataset.intake() instanceof Intake.Files files) {
            text.append(files.key()).append('\n');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
