package io.tongdao.ops.api;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.FileTerms;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A grant as the API shows it.
 *
 * @param items item → mask
 * @param until empty while it is missing
 * @param files how files are made; empty: none are
 * @param topic empty for one whose consumer reads none: it only verifies, or only delivers files
 * @param approvals agency → who approved for it
 * @param missing what its papers lack (一次性告知)
 * @param refused what the catalogue in force has against it
 * @param waiting the providers whose approval it still needs
 * @param next where it can go from here
 */
record GrantView(
        String id,
        String kind,
        String status,
        int epoch,
        String consumer,
        String table,
        Map<String, String> items,
        String filter,
        String purpose,
        String legal_basis,
        String scenario,
        String from,
        String until,
        List<String> delivery,
        String files,
        String topic,
        Map<String, String> approvals,
        List<Step> steps,
        List<String> missing,
        List<String> refused,
        List<String> waiting,
        List<String> next) {

    record Step(String status, int epoch, String by, String reason, String at) {}

    /** @param cut whether nothing of it can follow any more */
    record Cut(GrantView grant, boolean cut) {}

    /** As a list has it. */
    record Line(String id, String status, int epoch, String consumer, String table, String until) {
        static Line of(Grant grant) {
            return new Line(
                    grant.id(), grant.status().word(), grant.epoch(), grant.consumer(), grant.table(), end(grant));
        }
    }

    record Lines(List<Line> grants) {}

    static GrantView of(Grant grant, GrantFindings findings, Collection<String> waiting) {
        Map<String, String> items = new TreeMap<>();
        grant.items().forEach((item, mask) -> items.put(item, mask.word()));
        FileTerms files = grant.terms().files();
        return new GrantView(
                grant.id(),
                grant.kind().word(),
                grant.status().word(),
                grant.epoch(),
                grant.consumer(),
                grant.table(),
                items,
                grant.filter(),
                grant.purpose(),
                grant.papers().legalBasis(),
                grant.papers().scenario(),
                grant.from().toString(),
                end(grant),
                grant.delivery().stream()
                        .map(way -> way.name().toLowerCase(Locale.ROOT))
                        .toList(),
                files == null ? "" : files.text(),
                grant.readFromTopic() ? grant.topic() : "",
                grant.approvals(),
                grant.steps().stream()
                        .map(step -> new Step(
                                step.status().word(),
                                step.epoch(),
                                step.by(),
                                step.reason(),
                                step.at().toString()))
                        .toList(),
                findings.missing(),
                findings.refused(),
                waiting.stream().sorted().toList(),
                GrantLife.steps(grant.status()).stream()
                        .map(Grant.Status::word)
                        .sorted()
                        .toList());
    }

    private static String end(Grant grant) {
        return grant.terms().ends() ? grant.until().toString() : "";
    }
}
