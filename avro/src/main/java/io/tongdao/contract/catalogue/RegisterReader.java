package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency;
import io.tongdao.contract.catalogue.Catalogue.Terms;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the registers that datasets point to: agencies, standards, terms. */
final class RegisterReader {
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,3}");

    private RegisterReader() {}

    static List<Agency> agencies(Fields root) {
        return root.named("agency").stream().map(RegisterReader::agency).toList();
    }

    private static Agency agency(Fields fields) {
        String id = fields.checked("", fields.name(), Ids.KEBAB);
        Agency agency = new Agency(
                id,
                fields.at(),
                fields.text("name"),
                fields.word(
                        "level",
                        Agency.Level.PROVINCE,
                        CheckCode.KEY_MISSING,
                        "agency " + id + " lacks \"level\": province, prefecture or county"),
                fields.ref("division"),
                creditCode(fields),
                fields.optional("chief_data_officer"));
        fields.end();
        return agency;
    }

    private static Ref creditCode(Fields fields) {
        Ref written = fields.optionalRef("credit_code");
        if (written.blank()) {
            fields.problem(
                    fields.at(),
                    CheckCode.ELEMENT_MISSING,
                    fields.what() + " lacks \"credit_code\" (提供方代码), an element of art. 15: add it, it stands on the"
                            + " agency's certificate");
        }
        if (!written.blank() && CreditCode.parse(written.id()) instanceof Parsed.Invalid<CreditCode>) {
            fields.problem(
                    written.at(),
                    CheckCode.AGENCY_CODE,
                    "credit code " + written.id() + " of " + fields.what()
                            + " fails its check (GB 32100): correct it, it stands on the agency's certificate");
        }
        return written;
    }

    static Terms terms(Fields root) {
        Map<SubjectKind, Integer> partitions = new EnumMap<>(SubjectKind.class);
        Fields counts = root.section(
                "partitions",
                CheckCode.KEY_MISSING,
                "terms lack \"partitions\": write {person: 2, organisation: 2, place: 1, other: 1}");
        for (SubjectKind kind : SubjectKind.values()) {
            partitions.put(kind, counts == null ? 1 : number(counts, kind.word(), COUNT));
        }
        if (counts != null) {
            counts.end();
        }
        RetentionReader.Retention retention = RetentionReader.read(root);
        Terms terms = new Terms(
                root.at("partitions"),
                partitions,
                retention.useRecords(),
                OpenTermsReader.read(root),
                VerifyTermsReader.read(root),
                FileTermsReader.plan(root),
                retention.days());
        root.end();
        return terms;
    }

    private static int number(Fields fields, String key, Pattern form) {
        String text = fields.text(key);
        if (form.matcher(text).matches()) {
            return Integer.parseInt(text);
        }
        if (!text.isEmpty()) {
            fields.problem(
                    fields.at(key),
                    CheckCode.VALUE_NUMBER,
                    "\"" + key + "\" can't be \"" + text + "\": write a positive whole number");
        }
        return 1;
    }
}
