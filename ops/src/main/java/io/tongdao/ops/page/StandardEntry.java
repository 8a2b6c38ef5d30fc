package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Catalogue.Standard;
import io.tongdao.contract.catalogue.Catalogue.Version;
import java.util.List;

/** A data standard as the page shows it, the newest version first. */
public record StandardEntry(String id, String title, String kind, List<Edition> versions) {

    /** @param formats name and pattern, of a format standard */
    public record Edition(String version, String span, boolean excerpt, List<Code> codes, List<Code> formats) {}

    public record Code(String code, String meaning) {}

    static StandardEntry of(Standard standard) {
        return new StandardEntry(
                standard.id(),
                standard.title(),
                switch (standard.kind()) {
                    case CODES -> "代码集";
                    case FORMAT -> "格式";
                },
                standard.versions().reversed().stream()
                        .map(StandardEntry::edition)
                        .toList());
    }

    private static Edition edition(Version version) {
        String from = Chinese.day(version.from());
        String until = Chinese.day(version.until());
        return new Edition(
                version.version(),
                (from.isEmpty() ? "" : from + "起") + (until.isEmpty() ? "" : "，至 " + until),
                version.excerpt(),
                version.codes().entrySet().stream()
                        .map(code -> new Code(code.getKey(), code.getValue().id()))
                        .toList(),
                version.formats().stream()
                        .map(format -> new Code(format.name(), format.pattern()))
                        .toList());
    }
}
