package io.tongdao.ops.explain;

import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The subject of a question, as its keys have it.
 *
 * @param key the subject part of a key: personal, never for a log
 */
public record AskedSubject(SubjectKind kind, String key) {
    private static final Map<String, SubjectKind> PREFIXES = Map.of(
            "passport", SubjectKind.PERSON,
            "permit", SubjectKind.PERSON,
            "residence", SubjectKind.PERSON,
            "document", SubjectKind.PERSON,
            "org", SubjectKind.ORGANISATION,
            "reg", SubjectKind.ORGANISATION,
            "place", SubjectKind.PLACE,
            "other", SubjectKind.OTHER);
    private static final Pattern WORDS = Pattern.compile("[0-9A-Za-z]{15,}");

    /** A citizen number or credit code as people write it, or the key of another document or thing; none: it is neither. */
    public static Optional<AskedSubject> parse(String text) {
        String plain = IdentifierText.normalise(text);
        if (CitizenId.parse(plain) instanceof Parsed.Valid<CitizenId> id) {
            return Optional.of(new AskedSubject(SubjectKind.PERSON, id.value().value()));
        }
        if (CreditCode.parse(plain) instanceof Parsed.Valid<CreditCode> code) {
            return Optional.of(
                    new AskedSubject(SubjectKind.ORGANISATION, code.value().value()));
        }
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        String prefix = text.substring(0, Math.max(first, 0)).strip().toLowerCase(Locale.ROOT);
        SubjectKind kind = PREFIXES.get(prefix);
        String id = IdentifierText.normalise(text.substring(last + 1));
        if (kind == null || id.isEmpty()) {
            return Optional.empty();
        }
        String middle = text.substring(first, last + 1);
        boolean issuer = kind == SubjectKind.PERSON && !prefix.equals("document");
        return Optional.of(new AskedSubject(
                kind,
                prefix
                        + (issuer ? middle.toUpperCase(Locale.ROOT) : first == last ? ":" : middle)
                        + SubjectKey.escape(id)));
    }

    /** Whether a text that goes on record names this or any other person or body. */
    public static boolean namedIn(String text) {
        return WORDS.matcher(IdentifierText.normalise(text))
                .results()
                .anyMatch(word -> parse(word.group()).isPresent());
    }

    @Override
    public String toString() {
        return "AskedSubject[" + kind + " ***]";
    }
}
