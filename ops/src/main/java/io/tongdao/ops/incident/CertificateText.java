package io.tongdao.ops.incident;

import java.util.ArrayList;
import java.util.List;

/** A certificate as officials read it. */
final class CertificateText {
    private CertificateText() {}

    static List<String> of(Certificate certificate) {
        List<String> lines = new ArrayList<>();
        lines.add("突发事件数据销毁证明 certificate of destruction (云南省公共数据管理条例 art. 27)");
        lines.add("");
        lines.add("突发事件 incident      " + certificate.incident() + " " + certificate.name());
        lines.add("区划 division          " + certificate.division());
        lines.add("依据 basis             " + certificate.basis());
        lines.add("评估结论 findings      " + certificate.findings());
        lines.add("决定 ordered           " + certificate.orderedBy() + "，" + certificate.ordered());
        lines.add("理由 reason            " + certificate.reason());
        lines.add("完成 completed         " + certificate.completed());
        lines.add("");
        lines.add("一、已销毁并核验 removed and proven: " + certificate.removed().size());
        certificate.removed().forEach(one -> {
            lines.add("  " + one.kind() + "  " + one.name());
            lines.add("      " + one.proof() + "，" + one.at());
        });
        lines.add("二、不能证明 what can't be proven here");
        certificate.unprovable().forEach(line -> lines.add("  " + line));
        lines.add("  密钥副本 copies of the key that were handed out: "
                + certificate.copies().size());
        certificate.copies().forEach(line -> lines.add("      " + line));
        lines.add("三、依法留存 kept");
        certificate.kept().forEach(line -> lines.add("  " + line));
        return lines;
    }
}
